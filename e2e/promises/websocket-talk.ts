/** One conversation with a WebSocket server, and what RFC 6455 says must come of it. */
export interface WebSocketCase {
  name: string
  /** What is sent after the handshake, byte by byte as it is. */
  sent: Buffer
  /** Bytes that go into one write; all of them unless told. */
  chunk?: number
  /** The data that reaches the other side of the tunnel, and comes back. */
  data: Buffer
  pongs: Buffer[]
  /** How the server closes; null when it must not, but answer a goodbye as it was meant. */
  close: number | null
}

type Expected = Partial<Omit<WebSocketCase, 'name' | 'sent'>>

export const FIN = 0x80
export const [CONT, TEXT, BINARY, CLOSE, PING, PONG] = [0, 1, 2, 8, 9, 10] as const
export const NAMES: Record<number, string> = {
  0: 'continuation',
  1: 'text',
  2: 'binary',
  8: 'close',
  9: 'ping',
  10: 'pong',
}
export const NOTHING = Buffer.alloc(0)
export const MASKS = [
  [0x37, 0xfa, 0x21, 0x3d],
  [0, 0, 0, 0],
  [0xff, 0xff, 0xff, 0xff],
] as const

interface FrameParts {
  first: number
  payload?: Buffer
  mask?: readonly number[] | null
  /** Bytes that tell the length: the fewest that can, unless told. */
  lengthBytes?: 0 | 2 | 8
  /** A length that is told in place of the true one. */
  told?: bigint
}

/** A frame as a client sends it. */
export function clientFrame({
  first,
  payload = NOTHING,
  mask = MASKS[0],
  lengthBytes,
  told,
}: FrameParts): Buffer {
  const length = told ?? BigInt(payload.length)
  const size = lengthBytes ?? (length < 126n ? 0 : length < 65_536n ? 2 : 8)
  const head = Buffer.alloc(2 + size)
  head[0] = first
  head[1] = (mask ? 0x80 : 0) | (size === 0 ? Number(length) : size === 2 ? 126 : 127)
  if (size === 2) head.writeUInt16BE(Number(length), 2)
  if (size === 8) head.writeBigUInt64BE(length, 2)
  if (!mask) return Buffer.concat([head, payload])
  const masked = Buffer.from(payload)
  for (let at = 0; at < masked.length; at += 1) masked[at] = (masked[at] ?? 0) ^ (mask[at % 4] ?? 0)
  return Buffer.concat([head, Buffer.from(mask), masked])
}

export const binary = (payload: Buffer) => clientFrame({ first: FIN | BINARY, payload })
export const ping = (payload = NOTHING) => clientFrame({ first: FIN | PING, payload })

/** A close frame of this code and reason. */
export function goodbye(code: number, reason = NOTHING): Buffer {
  const payload = Buffer.alloc(2 + reason.length)
  payload.writeUInt16BE(code)
  reason.copy(payload, 2)
  return clientFrame({ first: FIN | CLOSE, payload })
}

/** Bytes that are no text, different at each place. */
export const bytes = (length: number) => {
  const made = Buffer.allocUnsafe(length)
  for (let at = 0; at < length; at += 1) made[at] = (at * 7 + (at >> 8) * 13 + 1) & 0xff
  return made
}

export const of = (name: string, sent: Buffer | Buffer[], expected: Expected = {}): WebSocketCase => ({
  name,
  sent: Array.isArray(sent) ? Buffer.concat(sent) : sent,
  data: NOTHING,
  pongs: [],
  close: null,
  ...expected,
})

/** A message in fragments, which may be empty, with something after each of them. */
export function fragments(
  parts: readonly Buffer[],
  between: (index: number) => Buffer = () => NOTHING,
): Buffer {
  return Buffer.concat(
    parts.flatMap((payload, index) => {
      const first = (index === parts.length - 1 ? FIN : 0) | (index === 0 ? BINARY : CONT)
      return [clientFrame({ first, payload }), between(index)]
    }),
  )
}
