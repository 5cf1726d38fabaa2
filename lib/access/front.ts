import { randomBytes, randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Problem } from '../fleet/writes/answer.ts'
import { PEER_HEADER, REQUEST_ID_HEADER } from '../kube/caller.ts'
import { turnedAway } from '../process/front-door.ts'
import type { Rates } from '../process/rates.ts'
import { securityHeaders } from '../process/security-headers.ts'
import { clientAddress } from './client-address.ts'
import { closedTo } from './door.ts'
import type { DoorOptions } from './door.ts'
import { routeOf } from './route-rules.ts'
import { dropClaims } from './strangers.ts'

export interface FrontOptions extends DoorOptions {
  /** How much one address may ask, whoever is behind it. */
  rates: Rates
  /** Whether what a peer says of where a request came from counts. */
  isTrustedProxy(peer: string): boolean
  /** Notes who sends a request, for whoever answers it. */
  noteSender?(request: IncomingMessage): void
  /** Told of every request that was answered, by the pattern of its route. */
  answered?(route: string, method: string, status: number): void
}

function addressOf({ headers, socket }: IncomingMessage, { isTrustedProxy }: FrontOptions): string {
  const forwarded = headers['x-forwarded-for']
  const forwardedFor = forwarded === undefined ? undefined : String(forwarded)
  return clientAddress({ peer: socket.remoteAddress ?? '', forwardedFor }, isTrustedProxy)
}

/** Orchestrators ask these all the time, from an address that others may share. */
const PROBES: ReadonlySet<string> = new Set(['/healthz', '/readyz'])

interface Refusal {
  problem: Problem
  headers?: Record<string, string>
}

/** A request that is refused before anybody knows whether it says the truth about its length ends its connection. */
const BROKEN = { connection: 'close' }

function refusalOf(request: IncomingMessage, options: FrontOptions): Refusal | null {
  const { method = 'GET', url: target = '/', headers } = request
  const away = turnedAway(request)
  if (away !== undefined) {
    const title = 'The request cannot be read'
    return { problem: { code: 'bad-request', title, ...away }, headers: BROKEN }
  }
  const retryAfter = PROBES.has(target) ? 0 : options.rates.take(addressOf(request, options))
  if (retryAfter > 0) {
    const detail = `Too many requests came from this address; ask again in ${retryAfter} s.`
    const title = 'Too many requests'
    return { problem: { status: 429, code: 'rate-limited', title, detail, retryAfter }, headers: BROKEN }
  }
  const closed = closedTo({ method, target, headers }, options)
  if (closed === null) return null
  return { problem: closed.problem, headers: closed.allow ? { allow: closed.allow.join(', ') } : {} }
}

function answerProblem(response: ServerResponse, { problem, headers = {} }: Refusal): void {
  response.writeHead(problem.status, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...(problem.retryAfter === undefined ? {} : { 'retry-after': String(problem.retryAfter) }),
    ...headers,
  })
  response.end(JSON.stringify({ type: 'about:blank', ...problem }))
}

const behindTls = ({ headers, socket }: IncomingMessage, { publicOrigins, isTrustedProxy }: FrontOptions) =>
  (headers['x-forwarded-proto'] === 'https' && isTrustedProxy(socket.remoteAddress ?? '')) ||
  publicOrigins.some(
    (origin) => origin.startsWith('https:') && new URL(origin).host === headers.host?.toLowerCase(),
  )

/** By which Next is asked for pages in its own form; of these, only pages know what they mean. */
const FLIGHT = ['rsc', 'next-router-prefetch', 'next-router-segment-prefetch', 'next-router-state-tree']

/** There are no Server Actions, and an API answers in no form but its own. */
function dropFlight({ headers, url = '/' }: IncomingMessage): void {
  delete headers['next-action']
  if (!url.startsWith('/api/')) return
  for (const name of FLIGHT) delete headers[name]
}

const isStatic = (target = '/') => target.startsWith('/_next/static/')

const routeLabel = (target = '/') =>
  isStatic(target) ? 'static' : (routeOf(target.split('?')[0] ?? '') ?? 'other')

/**
 * Takes away what a request says of who sent it, and notes where it came from, and who sends it where a proxy says so.
 * Gives it a name, which this answers.
 */
function noteOrigin(request: IncomingMessage, options: FrontOptions): string {
  dropClaims(request.headers)
  options.noteSender?.(request)
  const requestId = randomUUID()
  request.headers[PEER_HEADER] = addressOf(request, options)
  request.headers[REQUEST_ID_HEADER] = requestId
  return requestId
}

/**
 * What every request passes before any handler sees it. Puts the headers of security on the answer, and the nonce of
 * the page's policy where Next and the layout look for it.
 * @returns false for a request that was refused, and answered
 */
export function admits(request: IncomingMessage, response: ServerResponse, options: FrontOptions): boolean {
  const nonce = randomBytes(16).toString('base64')
  const security = securityHeaders({ nonce, dev: options.dev, tls: behindTls(request, options) })
  for (const [name, value] of Object.entries(security)) response.setHeader(name, value)
  // What an API answers depends on who asks, whatever a handler says of it.
  if (!isStatic(request.url)) response.setHeader('vary', 'Cookie')
  dropFlight(request)
  request.headers['content-security-policy'] = security['content-security-policy']
  delete request.headers['content-security-policy-report-only']
  request.headers['x-nonce'] = nonce
  response.setHeader(REQUEST_ID_HEADER, noteOrigin(request, options))
  response.once('close', () => {
    options.answered?.(routeLabel(request.url), request.method ?? '', response.statusCode)
  })
  const refusal = refusalOf(request, options)
  if (refusal === null) return true
  answerProblem(response, refusal)
  return false
}

const UPGRADE_REFUSALS = {
  400: 'HTTP/1.1 400 Bad Request\r\n',
  429: 'HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\n',
} as const

/** The same for a request to upgrade, whose own door asks everything else. */
export function admitsUpgrade(request: IncomingMessage, socket: Duplex, options: FrontOptions): boolean {
  noteOrigin(request, options)
  const away = turnedAway(request) !== undefined
  if (!away && options.rates.take(addressOf(request, options)) === 0) return true
  socket.on('error', () => socket.destroy())
  socket.end(`${UPGRADE_REFUSALS[away ? 400 : 429]}Connection: close\r\nContent-Length: 0\r\n\r\n`)
  return false
}
