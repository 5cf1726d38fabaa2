import { connect } from 'node:net'
import type { Socket } from 'node:net'

/** The clipboard of an X display, as one of its programs sees it: what the tests' guests have in place of an editor. */
export interface XClipboard {
  /** What is on it; null when nobody has it, or gives it. */
  read(): Promise<string | null>
  /** Copies a text, and hands it out for as long as this is open. */
  write(text: string): void
  close(): void
}

const ATOM = 4
const EVENT = { selectionRequest: 30, selectionNotify: 31 }
const padded = (length: number) => (length + 3) & ~3

/** A request of the core protocol: its opcode, a byte, and a body whose length is told in words. */
function request(opcode: number, detail: number, body: Buffer): Buffer {
  const head = Buffer.from([opcode, detail, 0, 0])
  head.writeUInt16LE(1 + body.length / 4, 2)
  return Buffer.concat([head, body])
}

function words(...values: number[]): Buffer {
  const body = Buffer.alloc(values.length * 4)
  values.forEach((value, place) => body.writeUInt32LE(value >>> 0, place * 4))
  return body
}

function filled(text: Buffer): Buffer {
  return Buffer.concat([text, Buffer.alloc(padded(text.length) - text.length)])
}

/** Whole messages out of what the socket gives, in order. */
function messagesOf(socket: Socket) {
  let rest = Buffer.alloc(0)
  const waiting: ((message: Buffer) => void)[] = []
  const replies: Buffer[] = []
  let onEvent = (_event: Buffer) => {}
  let ready = false
  const lengthOf = () => {
    if (!ready) return rest.length < 8 ? Infinity : 8 + rest.readUInt16LE(6) * 4
    if (rest.length < 32) return Infinity
    return rest[0] === 1 ? 32 + rest.readUInt32LE(4) * 4 : 32
  }
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    for (let length = lengthOf(); length <= rest.length; length = lengthOf()) {
      const message = rest.subarray(0, length)
      rest = rest.subarray(length)
      const isReply = !ready || message[0] === 1
      ready = true
      if (!isReply) onEvent(message)
      else if (waiting.length > 0) waiting.shift()?.(message)
      else replies.push(message)
    }
  })
  return {
    reply: () =>
      new Promise<Buffer>((resolve) => {
        const first = replies.shift()
        if (first === undefined) waiting.push(resolve)
        else resolve(first)
      }),
    listen: (listener: (event: Buffer) => void) => void (onEvent = listener),
  }
}

/** Connects to the display of this number as an ordinary X program, with a window that nobody sees. */
export async function openXClipboard(display: number): Promise<XClipboard> {
  const socket = connect(`/tmp/.X11-unix/X${display}`)
  const messages = messagesOf(socket)
  socket.write(Buffer.from([0x6c, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0]))
  const setup = await messages.reply()
  if (setup[0] !== 1) throw new Error(`display :${display} lets nobody in`)
  const window = setup.readUInt32LE(12)
  const root = setup.readUInt32LE(40 + padded(setup.readUInt16LE(24)) + 8 * (setup[29] ?? 0))
  const atom = async (name: string) => {
    const head = Buffer.alloc(4)
    head.writeUInt16LE(name.length)
    socket.write(request(16, 0, Buffer.concat([head, filled(Buffer.from(name))])))
    return (await messages.reply()).readUInt32LE(8)
  }
  // A window of one pixel that takes no part in the picture.
  socket.write(request(1, 0, Buffer.concat([words(window, root, 0, 0x0001_0001, 0x0002_0000), words(0, 0)])))
  const [clipboard, utf8, targets, place] = [
    await atom('CLIPBOARD'),
    await atom('UTF8_STRING'),
    await atom('TARGETS'),
    await atom('COCOON_TEST'),
  ]
  let mine = Buffer.alloc(0)
  let onNotify = (_property: number) => {}
  const change = (to: number, property: number, type: number, format: number, data: Buffer) => {
    const head = words(to, property, type, format, data.length / (format / 8))
    socket.write(request(18, 0, Buffer.concat([head, filled(data)])))
  }
  messages.listen((event) => {
    if ((event[0] ?? 0) % 128 === EVENT.selectionNotify) onNotify(event.readUInt32LE(20))
    if ((event[0] ?? 0) % 128 !== EVENT.selectionRequest) return
    const [time, requestor, selection, target, wanted] = [4, 12, 16, 20, 24].map((at) =>
      event.readUInt32LE(at),
    )
    const property = wanted || target || 0
    if (target === targets) change(requestor ?? 0, property, ATOM, 32, words(targets, utf8))
    if (target === utf8) change(requestor ?? 0, property, utf8, 8, mine)
    const given = target === targets || target === utf8 ? property : 0
    const notify = Buffer.alloc(32)
    notify[0] = EVENT.selectionNotify
    ;[time, requestor, selection, target, given].forEach((value, at) =>
      notify.writeUInt32LE(value ?? 0, 4 + at * 4),
    )
    socket.write(request(25, 0, Buffer.concat([words(requestor ?? 0, 0), notify])))
  })
  return {
    async read() {
      const told = new Promise<number>((resolve) => (onNotify = resolve))
      socket.write(request(24, 0, words(window, clipboard, utf8, place, 0)))
      if ((await told) === 0) return null
      socket.write(request(20, 0, words(window, place, 0, 0, 0x1000)))
      const reply = await messages.reply()
      return reply.subarray(32, 32 + reply.readUInt32LE(16)).toString()
    },
    write(text) {
      mine = Buffer.from(text)
      socket.write(request(22, 0, words(window, clipboard, 0)))
    },
    close: () => socket.destroy(),
  }
}
