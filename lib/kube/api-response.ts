import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { PassThrough, pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { createLineSplitter } from './line-splitter.ts'

/** A watch line holds one object; etcd's limit is 1.5 MiB, so this is far beyond anything honest. */
const MAX_LINE_BYTES = 32 * 1024 * 1024
/** A page of a list; more than this is not a page. */
const MAX_BODY_BYTES = 512 * 1024 * 1024

/** The answer to one request. Its body is read at most once, by one of the methods; `discard` ends it early. */
export interface ApiResponse {
  status: number
  headers: IncomingHttpHeaders
  /**
   * The body line by line as bytes. Throws when the connection is cut, or a line exceeds 32 MiB. An unfinished
   * last line is yielded only when the body ended properly.
   */
  lines(): AsyncIterable<Buffer>
  /** The body piece by piece as it comes. Throws when the connection is cut. */
  chunks(): AsyncIterable<Buffer>
  text(): Promise<string>
  /** Throws when the body is not JSON. */
  json(): Promise<unknown>
  discard(): void
}

export function createApiResponse(incoming: IncomingMessage): ApiResponse {
  const body = decoded(incoming)
  const text = async () => (await readAll(body)).toString('utf8')
  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    lines: () => lines(body),
    chunks: () => body,
    text,
    json: async () => JSON.parse(await text()) as unknown,
    discard() {
      incoming.destroy()
    },
  }
}

function decoded(incoming: IncomingMessage): Readable {
  if (incoming.headers['content-encoding'] !== 'gzip') return incoming
  const plain = new PassThrough()
  // Errors reach the reader through `plain`, which pipeline destroys with them.
  pipeline(incoming, createGunzip(), plain, () => undefined)
  return plain
}

async function* lines(body: Readable): AsyncGenerator<Buffer> {
  const splitter = createLineSplitter(MAX_LINE_BYTES)
  for await (const chunk of body) yield* splitter.push(chunk as Buffer)
  const rest = splitter.rest()
  if (rest.length > 0) yield rest
}

async function readAll(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += (chunk as Buffer).length
    if (bytes > MAX_BODY_BYTES) throw new Error(`an answer of more than ${MAX_BODY_BYTES} bytes arrived`)
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks, bytes)
}
