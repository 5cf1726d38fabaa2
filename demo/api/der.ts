/** The few pieces of ASN.1 DER that a certificate is made of. */

const length = (size: number): Buffer => {
  if (size < 128) return Buffer.from([size])
  const bytes = size < 256 ? [0x81, size] : [0x82, size >> 8, size & 0xff]
  return Buffer.from(bytes)
}

/** One element: tag, length, content. Content stays below 64 KiB. */
export function element(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content)
  return Buffer.concat([Buffer.from([tag]), length(body.length), body])
}

export const sequence = (...items: readonly Buffer[]) => element(0x30, ...items)
export const setOf = (...items: readonly Buffer[]) => element(0x31, ...items)
export const octets = (content: Buffer) => element(0x04, content)
export const bits = (content: Buffer) => element(0x03, Buffer.from([0]), content)
export const utf8 = (text: string) => element(0x0c, Buffer.from(text))
export const truth = () => element(0x01, Buffer.from([0xff]))
/** Constructed, context-specific: `[n]` around its content. */
export const explicit = (n: number, ...content: readonly Buffer[]) => element(0xa0 | n, ...content)

/** A positive integer from its big-endian bytes. */
export function integer(bytes: Buffer): Buffer {
  const first = bytes[0] ?? 0
  return first < 128 ? element(0x02, bytes) : element(0x02, Buffer.from([0]), bytes)
}

export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const base128 = (value: number): number[] => {
    const digits = [value & 0x7f]
    for (let left = value >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80)
    return digits
  }
  return element(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]))
}

/** UTCTime: years 1950 to 2049. */
export function utcTime(epochMs: number): Buffer {
  const text = new Date(epochMs).toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)
  return element(0x17, Buffer.from(`${text}Z`))
}
