import { retryAfterMs } from './backoff.ts'
import { failureWords, safeText } from './failure-words.ts'
import type { ApiResponse } from './api-response.ts'
import { isRecord, type StatusBody } from './watch-frame.ts'

/** An answer of the API server that is not what was asked for. */
export interface Refusal {
  status: number
  /** Kubernetes' word for it, as `AlreadyExists`; '' when the answer has none. */
  reason: string
  /** The server's own words, safe to show: the reason and the message, short. */
  words: string
  /** The whole message, as safe. */
  message: string
  /** Which fields are wrong, and how. */
  causes: { field: string; message: string }[]
  retryAfterMs: number
  /** The server has not yet seen the resource version that was asked for. */
  tooLarge: boolean
}

const MESSAGE_LIMIT = 4_096
const CAUSES_LIMIT = 50

const causeOf = ({ field, message }: Record<string, unknown>) => ({
  field: typeof field === 'string' ? safeText(field) : '',
  message: typeof message === 'string' ? safeText(message, MESSAGE_LIMIT) : '',
})

/** Reads a `Status`, from an `ERROR` event or from the body of an answer. */
export function refusalOf(status: StatusBody, fallbackCode = 500): Refusal {
  const { code, reason, message, details } = status
  const words = [reason, message].filter((part) => typeof part === 'string' && part !== '').join(': ')
  const seconds = Number(isRecord(details) ? (details.retryAfterSeconds ?? 0) : 0)
  const causes: unknown[] = isRecord(details) && Array.isArray(details.causes) ? details.causes : []
  return {
    status: typeof code === 'number' ? code : fallbackCode,
    reason: typeof reason === 'string' ? safeText(reason, 100) : '',
    words: safeText(words),
    message: typeof message === 'string' ? safeText(message, MESSAGE_LIMIT) : '',
    causes: causes.slice(0, CAUSES_LIMIT).filter(isRecord).map(causeOf),
    retryAfterMs: Number.isFinite(seconds) ? Math.max(0, seconds) * 1000 : 0,
    tooLarge:
      causes.some((cause) => isRecord(cause) && cause.reason === 'ResourceVersionTooLarge') ||
      words.includes('Too large resource version'),
  }
}

/** Reads why an answer is not a 200 with JSON. The body may be anything, of any length, or never end. */
export async function readRefusal(response: ApiResponse, now: number, capMs: number): Promise<Refusal> {
  const header = response.headers['retry-after']
  const body = await firstBytes(response)
  const refusal = { ...refusalOf(statusBody(body), response.status), status: response.status }
  return {
    ...refusal,
    retryAfterMs: Math.min(capMs, Math.max(refusal.retryAfterMs, retryAfterMs(header, now, capMs))),
  }
}

/** A 200 that is not JSON comes from something in between: a login page, a proxy's notice. */
export function isJson(response: ApiResponse): boolean {
  return /^application\/(?:[\w.+-]+\+)?json\b/.test(response.headers['content-type'] ?? '')
}

const ENOUGH_BYTES = 64 * 1024

async function firstBytes(response: ApiResponse): Promise<string> {
  let text = ''
  const giveUp = setTimeout(() => response.discard(), 2_000)
  try {
    for await (const line of response.lines()) {
      text += line.toString('utf8')
      if (text.length > ENOUGH_BYTES) break
    }
  } catch (error) {
    return text || JSON.stringify({ message: failureWords(error) })
  } finally {
    clearTimeout(giveUp)
    response.discard()
  }
  return text
}

function statusBody(text: string): StatusBody {
  try {
    const body: unknown = JSON.parse(text)
    return isRecord(body) ? body : {}
  } catch {
    return { message: text.replace(/<[^>]*>/g, ' ') }
  }
}
