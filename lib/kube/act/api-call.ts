import type { ApiResponse } from '../api-response.ts'
import { failureWords, safeText } from '../failure-words.ts'
import { isJson, readRefusal } from '../refusal.ts'
import type { Refusal } from '../refusal.ts'
import type { ApiRequest, Transport } from '../transport.ts'
import { isRecord } from '../watch-frame.ts'

/** What came of one request. `unanswered` means that nobody knows whether it was done. */
export type Called =
  | { kind: 'ok'; body: Record<string, unknown>; warnings: string[] }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'unanswered'; why: string }

const RETRY_AFTER_CAP_MS = 60_000
/** A gateway says so of a request that may well have reached the API server behind it. */
const GATEWAY_STATUSES: ReadonlySet<number> = new Set([502, 504])

/** The texts of `Warning: 299 - "text"`, which is how the API server warns of a write. */
function warningsOf(header: unknown): string[] {
  const texts = typeof header === 'string' ? header.matchAll(/\b299 \S+ "((?:[^"\\]|\\.)*)"/g) : []
  return [...texts].map((match) => safeText((match[1] ?? '').replaceAll(/\\(.)/g, '$1'), 1_000))
}

async function read(answer: ApiResponse): Promise<Called> {
  const { status } = answer
  if (status < 200 || status > 299) {
    const refusal = await readRefusal(answer, Date.now(), RETRY_AFTER_CAP_MS)
    if (!GATEWAY_STATUSES.has(status)) return { kind: 'refused', refusal }
    return { kind: 'unanswered', why: refusal.words || `the API server's gateway answered ${status}` }
  }
  if (!isJson(answer)) {
    answer.discard()
    return { kind: 'unanswered', why: 'something that is not the API server answered' }
  }
  const body = await answer.json()
  if (!isRecord(body)) return { kind: 'unanswered', why: 'the answer is not an object' }
  return { kind: 'ok', body, warnings: warningsOf(answer.headers.warning) }
}

/** Sends one request and reads all of its answer; never throws for what the cluster or the network does. */
export async function callApi(transport: Transport, request: ApiRequest): Promise<Called> {
  try {
    return await read(await transport.open(request))
  } catch (error) {
    return { kind: 'unanswered', why: failureWords(error) }
  }
}
