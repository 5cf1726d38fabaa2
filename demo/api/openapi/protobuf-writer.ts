/** Fields of a protobuf message, one after the other. Absent values are left out, as protobuf does. */
export type Fields = readonly (Buffer | undefined)[]

const VARINT = 0
const FIXED64 = 1
const BYTES = 2

function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  while (rest >= 128) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  return [...bytes, rest]
}

const tag = (field: number, wire: number) => varint(field * 8 + wire)

export const message = (fields: Fields): Buffer => Buffer.concat(fields.filter((one) => one !== undefined))

const bytesField = (field: number, bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from([...tag(field, BYTES), ...varint(bytes.length)]), bytes])

export const textField = (field: number, text: string | undefined): Buffer | undefined =>
  text ? bytesField(field, Buffer.from(text)) : undefined

export const textFields = (field: number, texts: readonly string[] = []): Buffer =>
  Buffer.concat(texts.map((text) => bytesField(field, Buffer.from(text))))

export const messageField = (field: number, fields: Fields | undefined): Buffer | undefined =>
  fields && bytesField(field, message(fields))

export const flagField = (field: number, flag: boolean | undefined): Buffer | undefined =>
  flag ? Buffer.from([...tag(field, VARINT), 1]) : undefined

/** An integer that is not negative. */
export const countField = (field: number, value: unknown): Buffer | undefined =>
  typeof value === 'number' && value > 0 ? Buffer.from([...tag(field, VARINT), ...varint(value)]) : undefined

export function doubleField(field: number, value: unknown): Buffer | undefined {
  if (typeof value !== 'number' || value === 0) return undefined
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(value)
  return Buffer.concat([Buffer.from(tag(field, FIXED64)), bytes])
}

/** A map as gnostic writes it: one message of name and value per entry. */
export const namedFields = <T>(
  field: number,
  entries: Readonly<Record<string, T>> | undefined,
  write: (value: T) => Fields,
): Buffer =>
  message(
    Object.entries(entries ?? {}).map(([name, value]) =>
      messageField(field, [textField(1, name), messageField(2, write(value))]),
    ),
  )
