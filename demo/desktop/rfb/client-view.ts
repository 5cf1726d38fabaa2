import type { Socket } from 'node:net'
import { clip, type Rect } from '../canvas.ts'
import type { Desktop, Viewer } from '../desktop.ts'
import { ClientGone } from './byte-reader.ts'
import type { ClientMessage } from './client-messages.ts'
import {
  cutMessage,
  encodeCopy,
  encodeCursor,
  encodeLayout,
  encodePixels,
  updateHead,
  type PixelEncoding,
  type SizeNews,
} from './encode-update.ts'
import { compressor, type Compressor } from './encode-zrle.ts'
import { ENCODING, rectHead } from './encodings.ts'
import { createPending } from './pending.ts'
import { colourMapMessage, NATIVE, pixelFormatBytes } from './pixel-format.ts'

const PIXELS: Readonly<Record<number, PixelEncoding>> = {
  [ENCODING.raw]: 'raw',
  [ENCODING.hextile]: 'hextile',
  [ENCODING.zrle]: 'zrle',
}

function serverInit({ name, screen }: Desktop): Buffer {
  const { width, height } = screen()
  const text = Buffer.from(name, 'utf8')
  const out = Buffer.alloc(24)
  out.writeUInt16BE(width, 0)
  out.writeUInt16BE(height, 2)
  pixelFormatBytes(NATIVE).copy(out, 4)
  out.writeUInt32BE(text.length, 20)
  return Buffer.concat([out, text])
}

/** Resolves when the client has taken what was sent, or is gone. */
function written(socket: Socket, bytes: Buffer): Promise<void> {
  if (socket.destroyed) throw new ClientGone('the client has gone')
  if (socket.write(bytes)) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done).off('close', done)
      resolve()
    }
    socket.on('drain', done).on('close', done)
  })
}

/** What one client is shown, and what it does there. */
export interface ClientView {
  take(message: ClientMessage): void
  close(): void
}

/**
 * Lets a client that has been greeted look at a desktop. Updates are sent when they are asked for and the client has taken
 * the last one, so that a slow client sees fewer and larger ones.
 */
export function openView(socket: Socket, desktop: Desktop): ClientView {
  let format = NATIVE
  let encodings = new Set<number>()
  let pixels: PixelEncoding = 'raw'
  let asked: Rect | undefined
  let size: SizeNews | undefined
  let cursor = false
  let colourMap = false
  let cut: string | undefined
  let zlib: Compressor | undefined
  let sending = false
  const deflater = () => (zlib ??= compressor())

  const viewer: Viewer = {
    drawsPointer: () => encodings.has(ENCODING.cursor),
    changed(change) {
      pending.add(change)
      void send()
    },
    resized(own) {
      pending.restart(desktop.screen())
      size = { reason: own ? 1 : 2, status: 0 }
      void send()
    },
    copied(text) {
      cut = text
      void send()
    },
  }
  desktop.join(viewer)
  let { width, height } = desktop.screen()
  const pending = createPending(desktop.screen())
  socket.write(serverInit(desktop))

  const sizeRects = (): Buffer[] => {
    if (!size) return []
    const news = size
    size = undefined
    const screen = desktop.screen()
    const extended = encodings.has(ENCODING.extendedDesktopSize)
    if (!extended && !encodings.has(ENCODING.desktopSize)) return []
    const same = screen.width === width && screen.height === height
    width = screen.width
    height = screen.height
    if (extended) return [encodeLayout(screen, news)]
    return same ? [] : [rectHead({ x: 0, y: 0, width, height }, ENCODING.desktopSize)]
  }
  /** The next update, if there is one; everything in it is as of now. */
  const nextUpdate = async (area: Rect): Promise<Buffer | undefined> => {
    const heads = sizeRects()
    if (cursor) heads.push(encodeCursor(format))
    cursor = false
    const screen = desktop.screen()
    // Who cannot be told of another size goes on seeing the part that it knows.
    const known = { width: Math.min(width, screen.width), height: Math.min(height, screen.height) }
    const whole = area.x === 0 && area.y === 0 && area.width >= width && area.height >= height
    const visible = heads.length > 0 ? { x: 0, y: 0, ...known } : clip(known, area)
    const mayCopy = whole && encodings.has(ENCODING.copyRect) && known.width === screen.width
    const { copies, rects } = pending.take(screen, visible, mayCopy)
    const shown = rects.map((rect) => clip(known, rect)).filter((rect) => rect.width > 0 && rect.height > 0)
    if (heads.length + copies.length + shown.length === 0) return undefined
    // All are begun before the first is awaited: the screen may be drawn anew in between.
    const parts = await Promise.all(shown.map((rect) => encodePixels(screen, rect, format, pixels, deflater)))
    const count = updateHead(heads.length + copies.length + shown.length)
    return Buffer.concat([count, ...heads, ...copies.map(encodeCopy), ...parts.flat()])
  }
  const sendAll = async () => {
    while (!socket.destroyed) {
      if (colourMap) await written(socket, colourMapMessage())
      colourMap = false
      if (cut !== undefined) {
        const text = cut
        cut = undefined
        await written(socket, cutMessage(text))
      }
      const news = size !== undefined || cursor || !pending.isEmpty()
      if (asked === undefined || !news) return
      const area = asked
      asked = undefined
      const update = await nextUpdate(area)
      if (update) await written(socket, update)
      else {
        // What there is lies outside of the area: it waits for another request.
        asked ??= area
        return
      }
    }
  }
  const send = async () => {
    if (sending) return
    sending = true
    try {
      await sendAll()
    } catch {
      // Whatever cannot be sent, the reader learns of the end and clears up.
      socket.destroy()
    } finally {
      // In the same turn as the last look at what is due, so that nothing comes in between.
      sending = false
    }
  }
  const take = (message: ClientMessage) => {
    switch (message.kind) {
      case 'format':
        format = message.format
        colourMap = !format.trueColour
        return
      case 'encodings':
        encodings = new Set(message.encodings)
        pixels = message.encodings.map((each) => PIXELS[each]).find((each) => each !== undefined) ?? 'raw'
        cursor = encodings.has(ENCODING.cursor)
        if (encodings.has(ENCODING.extendedDesktopSize)) size ??= { reason: 0, status: 0 }
        return
      case 'request':
        asked = message.area
        if (!message.incremental) pending.again(clip(desktop.screen(), message.area))
        return
      case 'key':
        return desktop.key(message.keysym, message.down)
      case 'pointer':
        return desktop.pointer(message.x, message.y, message.buttons)
      case 'cut':
        return desktop.cut(message.text, viewer)
      case 'resize':
        if (!desktop.resize(message.width, message.height, viewer)) size = { reason: 1, status: 3 }
    }
  }
  return {
    take(message) {
      take(message)
      void send()
    },
    close() {
      desktop.leave(viewer)
      zlib?.close()
    },
  }
}
