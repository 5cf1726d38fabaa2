import { connect } from 'node:net'
import type { Canvas } from '../desktop/canvas.ts'
import { byteReader, type ByteReader } from '../desktop/rfb/byte-reader.ts'
import { ENCODING } from '../desktop/rfb/encodings.ts'
import { NATIVE, pixelFormatBytes, type PixelFormat } from '../desktop/rfb/pixel-format.ts'
import { vncResponse } from '../desktop/rfb/vnc-auth.ts'
import {
  decodeCopyRect,
  decodeHextile,
  decodeRaw,
  decodeZrle,
  newDecoding,
  type Decoding,
} from './rfb-decode.ts'

interface ViewerOptions {
  host?: string
  port: number
  shared?: boolean
  password?: string
  encodings?: number[]
  format?: PixelFormat
}

/** A VNC viewer for tests: it asks for nothing by itself. */
export interface RfbViewer {
  name: string
  screen(): Canvas
  /** Asks for an update and takes messages until it came; says which encodings it was made of. */
  update(incremental?: boolean): Promise<number[]>
  /** Takes messages, and asks again after each update, until the condition holds. */
  until(holds: () => boolean): Promise<void>
  /** What the server last put into the clipboard. */
  clipboard(): string
  send(bytes: Buffer): void
  key(keysym: number): void
  type(text: string): void
  pointer(x: number, y: number, buttons?: number): void
  cut(text: string): void
  resize(width: number, height: number): void
  close(): void
  closed: Promise<void>
}

function message(type: number, length: number, write: (out: Buffer) => void): Buffer {
  const out = Buffer.alloc(length)
  out.writeUInt8(type, 0)
  write(out)
  return out
}

const request = (incremental: boolean) =>
  message(3, 10, (out) => {
    out.writeUInt8(incremental ? 1 : 0, 1)
    out.writeUInt16BE(65_535, 6)
    out.writeUInt16BE(65_535, 8)
  })

/** What its server says when it refuses: the text of the reason. */
async function refusal(input: ByteReader): Promise<Error> {
  const length = (await input.read(4)).readUInt32BE(0)
  return new Error((await input.read(length)).toString('latin1'))
}

/** Connects and shakes hands; throws what the server says when it refuses. */
export async function rfbViewer(options: ViewerOptions): Promise<RfbViewer> {
  const socket = connect(options.port, options.host ?? '127.0.0.1')
  const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()))
  socket.on('error', () => socket.destroy())
  const input = byteReader(socket)
  const send = (bytes: Buffer) => void socket.write(bytes)
  await input.read(12)
  send(Buffer.from('RFB 003.008\n'))
  const [count = 0] = await input.read(1)
  const [type = 0] = await input.read(count)
  send(Buffer.of(type))
  if (type === 2) send(vncResponse(await input.read(16), options.password ?? ''))
  if ((await input.read(4)).readUInt32BE(0) !== 0) throw await refusal(input)
  send(Buffer.of(options.shared === false ? 0 : 1))
  const init = await input.read(24)
  const name = (await input.read(init.readUInt32BE(20))).toString()
  const format = options.format ?? NATIVE
  const encodings = options.encodings ?? [ENCODING.raw]
  send(message(0, 20, (out) => void pixelFormatBytes(format).copy(out, 4)))
  send(
    message(2, 4 + encodings.length * 4, (out) => {
      out.writeUInt16BE(encodings.length, 2)
      encodings.forEach((encoding, index) => out.writeInt32BE(encoding, 4 + index * 4))
    }),
  )
  let decoding: Decoding = newDecoding(init.readUInt16BE(0), init.readUInt16BE(2), format)
  let clipboard = ''

  const DECODERS: Readonly<Record<number, typeof decodeRaw>> = {
    [ENCODING.raw]: decodeRaw,
    [ENCODING.copyRect]: decodeCopyRect,
    [ENCODING.hextile]: decodeHextile,
    [ENCODING.zrle]: decodeZrle,
    [ENCODING.desktopSize]: async (_, { width, height }) => {
      decoding = { ...newDecoding(width, height, format), inflate: decoding.inflate }
    },
    [ENCODING.extendedDesktopSize]: async (bytes, { width, height }) => {
      await bytes.read(20)
      if (width === decoding.screen.width && height === decoding.screen.height) return
      decoding = { ...newDecoding(width, height, format), inflate: decoding.inflate }
    },
    [ENCODING.cursor]: async (bytes, { width, height }) => {
      await bytes.read(width * height * format.bytes + Math.ceil(width / 8) * height)
    },
  }
  /** The encodings of an update; undefined for any other message. */
  const take = async (): Promise<number[] | undefined> => {
    const [kind] = await input.read(1)
    if (kind === 1) await input.read(5).then((head) => input.read(head.readUInt16BE(3) * 6))
    else if (kind === 3) {
      const head = await input.read(7)
      clipboard = (await input.read(head.readUInt32BE(3))).toString('latin1')
    }
    if (kind !== 0) return undefined
    const seen: number[] = []
    const rects = (await input.read(3)).readUInt16BE(1)
    for (let index = 0; index < rects; index++) {
      const head = await input.read(12)
      const [x = 0, y = 0, width = 0, height = 0] = [0, 2, 4, 6].map((at) => head.readUInt16BE(at))
      const encoding = head.readInt32BE(8)
      const decode = DECODERS[encoding]
      if (!decode) throw new Error(`an encoding that was not asked for: ${encoding}`)
      await decode(input, { x, y, width, height }, decoding)
      seen.push(encoding)
    }
    return seen
  }
  const viewer: RfbViewer = {
    name,
    closed,
    screen: () => decoding.screen,
    clipboard: () => clipboard,
    send,
    async update(incremental = false) {
      send(request(incremental))
      for (;;) {
        const seen = await take()
        if (seen) return seen
      }
    },
    async until(holds) {
      if (!holds()) send(request(true))
      while (!holds()) if (await take()) send(request(true))
    },
    key(keysym) {
      for (const down of [1, 0]) {
        send(
          message(4, 8, (out) => {
            out.writeUInt8(down, 1)
            out.writeUInt32BE(keysym, 4)
          }),
        )
      }
    },
    type(text) {
      for (const letter of text) viewer.key(letter === '\n' ? 0xff0d : (letter.codePointAt(0) ?? 0))
    },
    pointer: (x, y, buttons = 0) =>
      send(
        message(5, 6, (out) => {
          out.writeUInt8(buttons, 1)
          out.writeUInt16BE(x, 2)
          out.writeUInt16BE(y, 4)
        }),
      ),
    cut(text) {
      const bytes = Buffer.from(text, 'latin1')
      send(message(6, 8, (out) => void out.writeUInt32BE(bytes.length, 4)))
      send(bytes)
    },
    resize: (width, height) =>
      send(
        message(251, 24, (out) => {
          out.writeUInt16BE(width, 2)
          out.writeUInt16BE(height, 4)
          out.writeUInt8(1, 6)
          out.writeUInt16BE(width, 16)
          out.writeUInt16BE(height, 18)
        }),
      ),
    close: () => void socket.destroy(),
  }
  return viewer
}
