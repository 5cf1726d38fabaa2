import type { IncomingMessage } from 'node:http'
import { IN_TEXT, scanJson } from './body-json-scan.ts'
import { readYaml } from './body-yaml.ts'
import { isRecord } from './json.ts'
import { readProtobuf } from './protobuf-objects.ts'
import { badRequest, isStatusError, statusError, unsupportedMediaType } from './status.ts'

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

/** The media type of a body, without parameters; '' when the client names none. */
export function mediaType(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
}

/** An object as it was sent. */
export interface SentObject {
  value: unknown
  /** Paths of fields that its JSON gives more than once. */
  duplicates: readonly string[]
  /** What is wrong with its YAML, though it can be read: `line 5: key "foo" already set in map`. */
  lines: readonly string[]
}

const SHOWN = 30

/** A body in short, as errors show it: JSON objects as they are, everything else in hexadecimal digits. */
function summary(bytes: Buffer): string {
  if (bytes.length === 0) return '<empty>'
  const shown = bytes.subarray(0, SHOWN).toString(bytes[0] === 0x7b ? 'utf8' : 'hex')
  return bytes.length > SHOWN ? `${shown} ...` : shown
}

const unrecognized = (kind: string, why: string, bytes: Buffer) =>
  badRequest(`the object provided is unrecognized (must be of type ${kind}): ${why} (${summary(bytes)})`)

const GO_TYPE = String.raw`struct { APIVersion string "json:\"apiVersion,omitempty\""; Kind string "json:\"kind,omitempty\"" }`
const GO_KINDS: Readonly<Record<string, string>> = { boolean: 'bool', number: 'number', string: 'string' }

/** Null is nothing at all to Go, and no error yet. */
function checkObject(value: unknown, kind: string, bytes: Buffer): void {
  if (value === null || isRecord(value)) return
  const found = Array.isArray(value) ? 'array' : GO_KINDS[typeof value]
  const why = `json: cannot unmarshal ${found} into Go value of type ${GO_TYPE}`
  throw unrecognized(kind, `couldn't get version/kind; json parse error: ${why}`, bytes)
}

type Reader = (bytes: Buffer, kind: string) => SentObject

/** Go reads half of a pair of surrogates as U+FFFD. */
const HALVES = /\\ud[89a-f]/i
const wellFormed = (_: string, value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value)

function fromJson(bytes: Buffer, kind: string): SentObject {
  const text = bytes.toString('utf8')
  const { error, duplicates } = scanJson(text)
  if (error) throw unrecognized(kind, `couldn't get version/kind; json parse error: ${error}`, bytes)
  const value: unknown = JSON.parse(text, HALVES.test(text) ? wellFormed : undefined)
  checkObject(value, kind, bytes)
  return { value, duplicates, lines: [] }
}

function fromYaml(bytes: Buffer, kind: string): SentObject {
  const { value, error, repeated } = readYaml(bytes.toString('utf8'))
  if (error) throw unrecognized(kind, error, bytes)
  checkObject(value, kind, bytes)
  return { value, duplicates: [], lines: repeated }
}

/** What every message of Kubernetes begins with. */
const MAGIC = Buffer.from([0x6b, 0x38, 0x73, 0])

function fromProtobuf(bytes: Buffer, kind: string): SentObject {
  if (bytes.length === 0) throw unrecognized(kind, 'empty data', bytes)
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    const prefix = `expected prefix [${[...MAGIC].join(' ')}]`
    throw unrecognized(kind, `provided data does not appear to be a protobuf message, ${prefix}`, bytes)
  }
  if (bytes.length === MAGIC.length) throw unrecognized(kind, 'empty body', bytes)
  try {
    return { value: readProtobuf(bytes), duplicates: [], lines: [] }
  } catch (error) {
    const isCut = isStatusError(error) && error.status.code === 400
    throw isCut ? unrecognized(kind, 'unexpected EOF', bytes) : error
  }
}

const ENDLESS = /-?\d+(?:\.\d+)?[eE]\+?\d{3,}/

/** A custom resource says by itself what it is, and has no numbers that Go could not hold. */
function checkCustom(value: unknown, kind: string, bytes: Buffer): void {
  const text = bytes.toString('utf8')
  if (isRecord(value) && typeof (value.apiVersion ?? '') !== 'string') return
  if (!isRecord(value) || value.kind === undefined || value.kind === '' || value.kind === null) {
    throw unrecognized(kind, `Object 'Kind' is missing in '${text}'`, bytes)
  }
  const endless = ENDLESS.exec(text.replaceAll(IN_TEXT, ''))?.[0]
  if (endless === undefined || Number.isFinite(Number(endless))) return
  const version = String(value.apiVersion).split('/').at(-1)
  const why = `json: cannot unmarshal number ${endless} into Go value of type float64`
  throw badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: ${why}`)
}

/** kubectl's typed clients send protobuf, and do not fall back to JSON. */
const READERS: Readonly<Record<string, Reader>> = {
  'application/json': fromJson,
  'application/yaml': fromYaml,
  'application/vnd.kubernetes.protobuf': fromProtobuf,
}

/**
 * Reads the object in a body, for a request that is about objects of `kind`; without a type it is taken for JSON, as in
 * the original. `custom` resources must say their kind. Rejects with 400, 413 and 415.
 */
export async function readSent(request: IncomingMessage, kind: string, custom = false): Promise<SentObject> {
  const type = mediaType(request) || 'application/json'
  const read = Object.hasOwn(READERS, type) ? READERS[type] : undefined
  if (!read) throw unsupportedMediaType(Object.keys(READERS))
  const bytes = await readBytes(request)
  const sent = read(bytes, kind)
  if (custom) checkCustom(sent.value, kind, bytes)
  return sent
}

/** As `readSent`, where nobody asks how the object was written. */
export async function readObject(request: IncomingMessage, kind = 'object'): Promise<unknown> {
  return (await readSent(request, kind)).value
}
