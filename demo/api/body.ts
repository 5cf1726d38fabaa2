import type { IncomingMessage } from 'node:http'
import { readProtobuf } from './protobuf-objects.ts'
import { badRequest, statusError, unsupportedMediaType } from './status.ts'

/** What the original accepts as a request body, at most. */
const BODY_LIMIT = 3 * 1024 * 1024

function tooLarge(): Error {
  const message = `Request entity too large: limit is ${BODY_LIMIT}`
  return statusError(413, 'RequestEntityTooLarge', message)
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT) throw tooLarge()
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes: unknown = chunk
    if (!Buffer.isBuffer(bytes)) continue
    size += bytes.length
    if (size > BODY_LIMIT) throw tooLarge()
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

/** Reads a request's body as text. Throws 413 above 3 MiB, without reading on. */
export async function readBody(request: IncomingMessage): Promise<string> {
  return (await readBytes(request)).toString('utf8')
}

const JSON_TYPE = 'application/json'
/** kubectl's typed clients send this, and do not fall back to JSON. */
const PROTOBUF_TYPE = 'application/vnd.kubernetes.protobuf'

/** Reads the object in a body; without a type it is taken for JSON, as in the original. Throws 400, 413 and 415. */
export async function readObject(request: IncomingMessage): Promise<unknown> {
  const type = mediaType(request) || JSON_TYPE
  if (type === PROTOBUF_TYPE) return readProtobuf(await readBytes(request))
  if (type !== JSON_TYPE) throw unsupportedMediaType([JSON_TYPE, PROTOBUF_TYPE])
  return parseJson(await readBody(request))
}

/** The media type of a body, without parameters; '' when the client names none. */
export function mediaType(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
}

/** Parses JSON that a client sent. Throws 400. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw badRequest(`the object provided is unrecognized (must be of type json): ${why}`)
  }
}
