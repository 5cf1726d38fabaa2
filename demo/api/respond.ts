import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { stringify } from 'yaml'
import type { Answer } from './answer.ts'
import { isDenial } from './authorization.ts'
import { JSON_TYPE, YAML_TYPE, wantsYaml } from './negotiate.ts'
import type { Status } from './status.ts'
import { isStatusError, statusError } from './status.ts'
import { isAnswerError } from './text-answer.ts'

/** Answers above this many bytes are compressed for clients that accept it, as in the original. */
const GZIP_ABOVE = 128 * 1024
const GZIP_LEVEL = 1
const compress = promisify(gzip)

/** The same object in YAML, as the original prints it: keys sorted. */
const yamlOf = (json: string) =>
  stringify(JSON.parse(json), { sortMapEntries: true, aliasDuplicateObjects: false })

function bytesOf({ body, contentType }: Answer): Buffer {
  if (typeof body !== 'string') return body
  return Buffer.from(contentType === YAML_TYPE && body !== '' ? yamlOf(body) : body)
}

/** Sends a complete answer. */
export async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
): Promise<void> {
  const bytes = bytesOf(answer)
  const accepts = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
  const zipped = accepts && bytes.length > GZIP_ABOVE
  const payload = zipped ? await compress(bytes, { level: GZIP_LEVEL }) : bytes
  if (response.destroyed) return
  // A client keeps what it has, and the headers of this answer with it: none of them is about a body.
  if (answer.code === 304) {
    response.writeHead(304, { 'cache-control': 'no-cache, private', ...answer.headers }).end()
    return
  }
  response.writeHead(answer.code, {
    'content-type': answer.contentType ?? JSON_TYPE,
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

/** The answer to a request that failed, in the form that it asked for. */
export function errorAnswer(error: unknown, accept?: string): Answer {
  if (isAnswerError(error)) return error.answer
  const status = statusOf(error)
  const retry = status.details?.retryAfterSeconds
  const headers = {
    ...(retry !== undefined && { 'retry-after': String(retry) }),
    ...(isDenial(error) && { 'x-content-type-options': 'nosniff' }),
  }
  const contentType = wantsYaml(accept) ? YAML_TYPE : JSON_TYPE
  return { code: status.code, body: JSON.stringify(status), contentType, headers }
}
