import { Refused } from '../problem.ts'
import { jsonFault } from './json-scan.ts'

/** No request of the API needs more; a CocoonSet of this size would not fit into etcd either. */
export const BODY_LIMIT_BYTES = 256 * 1024

const bad = (detail: string, field?: string) =>
  new Refused({
    status: 400,
    code: 'bad-request',
    title: 'The request cannot be read',
    detail,
    ...(field === undefined || field === '' ? {} : { field }),
  })

const tooLarge = () =>
  new Refused({
    status: 413,
    code: 'too-large',
    title: 'The request is too large',
    detail: `A request may have at most ${BODY_LIMIT_BYTES} bytes; send fewer targets at a time.`,
  })

async function bytesOf(request: Request): Promise<Buffer> {
  if (Number(request.headers.get('content-length') ?? 0) > BODY_LIMIT_BYTES) throw tooLarge()
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body ?? []) {
    length += chunk.length
    if (length > BODY_LIMIT_BYTES) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length)
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw bad('The body is not UTF-8.')
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw bad(
      `The body is not JSON: ${error instanceof Error ? error.message.slice(0, 200) : String(error)}.`,
    )
  }
}

/**
 * The JSON in the body of a request; undefined when there is none.
 * @throws Refused for what is larger than 256 KiB, not of type JSON, not UTF-8, not JSON, deeper than 32 levels,
 * or says one thing twice
 */
export async function readJsonBody(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type')
  const isJson = type !== null && /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type)
  if (type !== null && !isJson) {
    throw new Refused({
      status: 415,
      code: 'unsupported-media-type',
      title: 'The request is not JSON',
      detail: 'Send the body with Content-Type: application/json.',
    })
  }
  const bytes = await bytesOf(request)
  if (bytes.length === 0) return undefined
  if (!isJson) {
    throw new Refused({
      status: 415,
      code: 'unsupported-media-type',
      title: 'The request does not say what it is',
      detail: 'Send the body with Content-Type: application/json.',
    })
  }
  const text = textOf(bytes)
  const value = parsed(text)
  const fault = jsonFault(text)
  if (fault !== undefined) throw bad(`${fault.field || 'The body'} ${fault.message}.`, fault.field)
  return value
}
