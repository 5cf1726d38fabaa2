import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Status } from './status.ts'
import { isStatusError, statusError } from './status.ts'

/** Answers above this many bytes are compressed for clients that accept it, as in the original. */
const GZIP_ABOVE = 128 * 1024
const GZIP_LEVEL = 1
const compress = promisify(gzip)

export interface Answer {
  code: number
  /** JSON, plain text for the health checks, or bytes that are neither. */
  body: string | Buffer
  contentType?: string
  headers?: Record<string, string | string[]>
}

/** Sends a complete answer. */
export async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
): Promise<void> {
  const bytes = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body
  const accepts = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
  const zipped = accepts && bytes.length > GZIP_ABOVE
  const payload = zipped ? await compress(bytes, { level: GZIP_LEVEL }) : bytes
  if (response.destroyed) return
  response.writeHead(answer.code, {
    'content-type': answer.contentType ?? 'application/json',
    'cache-control': 'no-cache, private',
    ...answer.headers,
    ...(zipped && { 'content-encoding': 'gzip', vary: 'Accept-Encoding' }),
    'content-length': payload.length,
  })
  response.end(request.method === 'HEAD' ? undefined : payload)
}

/** The Status of whatever a handler threw; what is not a Status is the server's own fault, and says so. */
export function statusOf(error: unknown): Status & { code: number } {
  if (isStatusError(error)) return error.status
  const why = error instanceof Error ? error.message : String(error)
  return statusError(500, 'InternalError', `Internal error occurred: ${why}`, {
    causes: [{ reason: 'InternalError', message: why }],
  }).status
}

export function errorAnswer(error: unknown): Answer {
  const status = statusOf(error)
  const retry = status.details?.retryAfterSeconds
  return {
    code: status.code,
    body: JSON.stringify(status),
    ...(retry !== undefined && { headers: { 'retry-after': String(retry) } }),
  }
}
