import type { Rect } from '../canvas.ts'
import type { ByteReader } from './byte-reader.ts'
import { readPixelFormat, type PixelFormat } from './pixel-format.ts'

/** What a client says after the handshake (RFC 6143, 7.5, and SetDesktopSize of the registry). */
export type ClientMessage =
  | { kind: 'format'; format: PixelFormat }
  | { kind: 'encodings'; encodings: number[] }
  | { kind: 'request'; incremental: boolean; area: Rect }
  | { kind: 'key'; down: boolean; keysym: number }
  | { kind: 'pointer'; buttons: number; x: number; y: number }
  | { kind: 'cut'; text: string }
  | { kind: 'resize'; width: number; height: number }

/** Thrown for bytes that no client sends; the connection ends. */
export class NoRfb extends Error {}

/** More text than this is nobody's clipboard. */
const MOST_TEXT = 1 << 20

type Reader = (input: ByteReader) => Promise<ClientMessage>

async function format(input: ByteReader): Promise<ClientMessage> {
  const wanted = readPixelFormat((await input.read(19)).subarray(3))
  if (wanted === null) throw new NoRfb('a pixel format that no pixel can have')
  return { kind: 'format', format: wanted }
}

async function encodings(input: ByteReader): Promise<ClientMessage> {
  const count = (await input.read(3)).readUInt16BE(1)
  const bytes = await input.read(count * 4)
  return {
    kind: 'encodings',
    encodings: Array.from({ length: count }, (_, index) => bytes.readInt32BE(index * 4)),
  }
}

async function request(input: ByteReader): Promise<ClientMessage> {
  const bytes = await input.read(9)
  const [x, y, width, height] = [1, 3, 5, 7].map((at) => bytes.readUInt16BE(at))
  const area = { x: x ?? 0, y: y ?? 0, width: width ?? 0, height: height ?? 0 }
  return { kind: 'request', incremental: bytes.readUInt8(0) !== 0, area }
}

async function key(input: ByteReader): Promise<ClientMessage> {
  const bytes = await input.read(7)
  return { kind: 'key', down: bytes.readUInt8(0) !== 0, keysym: bytes.readUInt32BE(3) }
}

async function pointer(input: ByteReader): Promise<ClientMessage> {
  const bytes = await input.read(5)
  return { kind: 'pointer', buttons: bytes.readUInt8(0), x: bytes.readUInt16BE(1), y: bytes.readUInt16BE(3) }
}

async function cut(input: ByteReader): Promise<ClientMessage> {
  // A negative length would be the extended clipboard, which was never offered.
  const length = (await input.read(7)).readInt32BE(3)
  if (length < 0 || length > MOST_TEXT) throw new NoRfb(`a clipboard of ${length} bytes`)
  return { kind: 'cut', text: (await input.read(length)).toString('latin1') }
}

async function resize(input: ByteReader): Promise<ClientMessage> {
  const bytes = await input.read(7)
  // Several screens become one: what counts is their frame.
  await input.read(bytes.readUInt8(5) * 16)
  return { kind: 'resize', width: bytes.readUInt16BE(1), height: bytes.readUInt16BE(3) }
}

const READERS: Readonly<Record<number, Reader>> = {
  0: format,
  2: encodings,
  3: request,
  4: key,
  5: pointer,
  6: cut,
  251: resize,
}

/** Waits for the next message; throws `NoRfb` for what is none, and `ClientGone` at the end. */
export async function readMessage(input: ByteReader): Promise<ClientMessage> {
  const type = (await input.read(1)).readUInt8(0)
  const reader = READERS[type]
  if (!reader) throw new NoRfb(`a message of the unknown type ${type}`)
  return reader(input)
}
