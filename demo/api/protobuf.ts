import { badRequest } from './status.ts'

const WIRE_VARINT = 0
const WIRE_64 = 1
const WIRE_BYTES = 2
const WIRE_32 = 5

const truncated = () => badRequest('the object provided is unrecognized: the protobuf message is truncated')

/** One field of a message as it lies in the bytes. */
export type RawField =
  | { number: number; wire: 'number'; value: bigint }
  | { number: number; wire: 'bytes'; value: Buffer }

function varint(bytes: Buffer, from: number): { value: bigint; end: number } {
  let value = 0n
  for (let at = from; at < bytes.length && at < from + 10; at++) {
    const byte = bytes[at] ?? 0
    value |= BigInt(byte & 0x7f) << BigInt(7 * (at - from))
    if (byte < 128) return { value, end: at + 1 }
  }
  throw truncated()
}

/** The fields of a message, in their order. Throws 400 when they end too early. */
export function rawFields(bytes: Buffer): RawField[] {
  const fields: RawField[] = []
  for (let at = 0; at < bytes.length;) {
    const tag = varint(bytes, at)
    const wire = Number(tag.value % 8n)
    const number = Number(tag.value / 8n)
    at = tag.end
    if (wire === WIRE_VARINT) {
      const { value, end } = varint(bytes, at)
      fields.push({ number, wire: 'number', value })
      at = end
      continue
    }
    const size = wire === WIRE_BYTES ? varint(bytes, at) : { value: wire === WIRE_64 ? 8n : 4n, end: at }
    const end = size.end + Number(size.value)
    if (![WIRE_BYTES, WIRE_64, WIRE_32].includes(wire) || end > bytes.length) throw truncated()
    fields.push({ number, wire: 'bytes', value: bytes.subarray(size.end, end) })
    at = end
  }
  return fields
}
