import { createRates, UNLIMITED } from '../process/rates.ts'
import type { Rates } from '../process/rates.ts'

/** Of one request's head. A session with the tokens of an identity provider takes several cookies of 4 kB. */
export const HTTP_LIMITS = {
  maxHeaderSize: 32 * 1024,
  /** Milliseconds until a head, and until a whole request, must have come. Answers may take as long as they like. */
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
} as const

/** Connections that ask nothing, or have not finished asking. */
export const MOST_IDLE = 2_000

/** How many times what one user may ask comes from one address: a gateway has many users behind it. */
export const USERS_PER_ADDRESS = 10
/** A page of the fleet asks for dozens of things at once when it opens. */
const BURST_SECONDS = 4

interface Limits {
  /** Requests per second of one user; 0 for as many as somebody likes. */
  RATE_LIMIT: number
}

/** What one user may ask of the API. */
export const userRates = ({ RATE_LIMIT }: Limits): Rates =>
  RATE_LIMIT === 0 ? UNLIMITED : createRates({ perSecond: RATE_LIMIT, burst: RATE_LIMIT * BURST_SECONDS })

/** What one address may ask of anything, signed in or not. */
export const addressRates = ({ RATE_LIMIT }: Limits): Rates =>
  userRates({ RATE_LIMIT: RATE_LIMIT * USERS_PER_ADDRESS })
