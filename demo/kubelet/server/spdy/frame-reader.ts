import { CONTROL_CODES, FLAG_FIN, type ControlType, type Frame } from './frames.ts'

/** Control frames hold a few headers; nobody gets to make this process buffer more. */
const LONGEST_CONTROL = 64 * 1024
const HEAD = 8

const TYPES = new Map(
  Object.entries(CONTROL_CODES).map(([type, code]): [number, ControlType] => [code, type as ControlType]),
)

/** What the sender must not do; the connection cannot go on after it. */
export class FramingError extends Error {}

function need(payload: Buffer, size: number): void {
  if (payload.length < size) throw new FramingError('invalid control frame')
}

function settingsOf(payload: Buffer): { id: number; value: number }[] {
  need(payload, 4)
  const count = payload.readUInt32BE(0)
  if (count > (payload.length - 4) / 8) throw new FramingError('invalid control frame')
  return Array.from({ length: count }, (_, index) => ({
    id: payload.readUInt32BE(4 + index * 8) & 0xff_ff_ff,
    value: payload.readUInt32BE(8 + index * 8),
  }))
}

const streamIdOf = (payload: Buffer) => payload.readUInt32BE(0) & 0x7f_ff_ff_ff

/** The fewest bytes that the payload of each type has. */
const SHORTEST: Record<ControlType, number> = {
  'syn-stream': 10,
  'syn-reply': 4,
  headers: 4,
  'rst-stream': 8,
  settings: 4,
  ping: 4,
  'go-away': 8,
  'window-update': 8,
}

function controlFrame(type: ControlType, flags: number, payload: Buffer): Frame {
  need(payload, SHORTEST[type])
  const fin = (flags & FLAG_FIN) !== 0
  switch (type) {
    case 'syn-stream':
      return { type, streamId: streamIdOf(payload), fin, block: payload.subarray(10) }
    case 'syn-reply':
    case 'headers':
      return { type, streamId: streamIdOf(payload), fin, block: payload.subarray(4) }
    case 'rst-stream':
      return { type, streamId: streamIdOf(payload), status: payload.readUInt32BE(4) }
    case 'settings':
      return { type, settings: settingsOf(payload) }
    case 'ping':
      return { type, id: payload.readUInt32BE(0) }
    case 'go-away':
      return { type, lastStreamId: streamIdOf(payload), status: payload.readUInt32BE(4) }
    case 'window-update':
      return { type, streamId: streamIdOf(payload), delta: payload.readUInt32BE(4) }
  }
}

/**
 * Takes bytes as they come and answers the frames that they complete; the data of a DATA frame is handed out in the
 * pieces that it arrives in. Throws a FramingError at what is no SPDY/3.
 */
export function frameReader(): (chunk: Buffer) => Frame[] {
  let pending: Buffer = Buffer.alloc(0)
  let data: { streamId: number; fin: boolean; left: number } | undefined

  const nextData = (): Frame | undefined => {
    if (!data || (data.left > 0 && pending.length === 0)) return undefined
    const piece = pending.subarray(0, data.left)
    pending = pending.subarray(piece.length)
    data.left -= piece.length
    const { streamId } = data
    const fin = data.fin && data.left === 0
    if (data.left === 0) data = undefined
    return { type: 'data', streamId, fin, data: piece }
  }
  const next = (): Frame | undefined => {
    if (data) return nextData()
    if (pending.length < HEAD) return undefined
    const [first, second] = [pending.readUInt32BE(0), pending.readUInt32BE(4)]
    const flags = second >>> 24
    const length = second & 0xff_ff_ff
    if (first >>> 31 === 0) {
      if (first === 0) throw new FramingError('stream id zero is disallowed')
      pending = pending.subarray(HEAD)
      data = { streamId: first, fin: (flags & FLAG_FIN) !== 0, left: length }
      return nextData()
    }
    const type = TYPES.get(first & 0xff_ff)
    if (type === undefined || length > LONGEST_CONTROL) throw new FramingError('invalid control frame')
    if (pending.length < HEAD + length) return undefined
    const payload = pending.subarray(HEAD, HEAD + length)
    pending = pending.subarray(HEAD + length)
    return controlFrame(type, flags, payload)
  }

  return (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    const frames: Frame[] = []
    for (let frame = next(); frame; frame = next()) frames.push(frame)
    return frames
  }
}
