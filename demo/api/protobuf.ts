import type { JsonRecord } from './json.ts'
import { isRecord } from './json.ts'
import { badRequest } from './status.ts'

/** A field by its number: its JSON name, and how its bytes are read. */
export interface ProtoField {
  name: string
  type: 'text' | 'bytes' | ProtoMessage
  shape?: 'list' | 'map'
}

export type ProtoMessage = Readonly<Record<number, ProtoField>>

const WIRE_VARINT = 0
const WIRE_64 = 1
const WIRE_BYTES = 2
const WIRE_32 = 5

const truncated = () => badRequest('the object provided is unrecognized: the protobuf message is truncated')

/** A varint and where it ends. Numbers above 2^53 lose precision; none of ours is that large. */
function varint(bytes: Buffer, from: number): { value: number; end: number } {
  let value = 0
  for (let at = from, factor = 1; at < bytes.length && at < from + 10; at++, factor *= 128) {
    const byte = bytes[at] ?? 0
    value += (byte & 0x7f) * factor
    if (byte < 128) return { value, end: at + 1 }
  }
  throw truncated()
}

interface RawField {
  number: number
  /** undefined for numbers, which none of the messages here needs. */
  content: Buffer | undefined
}

function rawFields(bytes: Buffer): RawField[] {
  const fields: RawField[] = []
  for (let at = 0; at < bytes.length;) {
    const tag = varint(bytes, at)
    const wire = tag.value % 8
    const number = Math.floor(tag.value / 8)
    at = tag.end
    if (wire === WIRE_BYTES) {
      const size = varint(bytes, at)
      const end = size.end + size.value
      if (end > bytes.length) throw truncated()
      fields.push({ number, content: bytes.subarray(size.end, end) })
      at = end
    } else if (wire === WIRE_VARINT) at = varint(bytes, at).end
    else if (wire === WIRE_64) at += 8
    else if (wire === WIRE_32) at += 4
    else throw truncated()
  }
  return fields
}

function read(type: ProtoField['type'], content: Buffer): unknown {
  if (type === 'text') return content.toString('utf8')
  return type === 'bytes' ? content.toString('base64') : readMessage(type, content)
}

/** Reads the fields that the table names; empty texts are absent, as Go writes zero values. */
export function readMessage(message: ProtoMessage, bytes: Buffer): JsonRecord {
  const object: JsonRecord = {}
  for (const { number, content } of rawFields(bytes)) {
    const field = message[number]
    if (!field || !content) continue
    if (field.shape === 'map') {
      const entry = readMessage(
        { 1: { name: 'key', type: 'text' }, 2: { name: 'value', type: field.type } },
        content,
      )
      const known = isRecord(object[field.name]) ? object[field.name] : {}
      const key = typeof entry.key === 'string' ? entry.key : ''
      object[field.name] = Object.assign({}, known, { [key]: entry.value ?? '' })
    } else if (field.shape === 'list') {
      const known: unknown = object[field.name]
      object[field.name] = [...(Array.isArray(known) ? known : []), read(field.type, content)]
    } else if (content.length > 0) object[field.name] = read(field.type, content)
  }
  return object
}
