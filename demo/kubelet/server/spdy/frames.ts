/**
 * Frames of SPDY/3.1 (draft 3, section 2.2 and 2.6). Header blocks stay compressed here: their compression spans the
 * whole connection, so it is the connection's business.
 */
export type Frame =
  | { type: 'syn-stream'; streamId: number; fin: boolean; block: Buffer }
  | { type: 'syn-reply'; streamId: number; fin: boolean; block: Buffer }
  | { type: 'headers'; streamId: number; fin: boolean; block: Buffer }
  | { type: 'rst-stream'; streamId: number; status: number }
  | { type: 'settings'; settings: { id: number; value: number }[] }
  | { type: 'ping'; id: number }
  | { type: 'go-away'; lastStreamId: number; status: number }
  | { type: 'window-update'; streamId: number; delta: number }
  /** A part of what a DATA frame carries; `fin` ends the sender's side of the stream. */
  | { type: 'data'; streamId: number; fin: boolean; data: Buffer }

export type ControlType = Exclude<Frame['type'], 'data'>

export const CONTROL_CODES: Record<ControlType, number> = {
  'syn-stream': 1,
  'syn-reply': 2,
  'rst-stream': 3,
  settings: 4,
  ping: 6,
  'go-away': 7,
  headers: 8,
  'window-update': 9,
}

export const FLAG_FIN = 1
/** Why a stream is reset (draft 3, 2.6.3). */
export const RESET = { protocolError: 1, refused: 3, cancel: 5 } as const

const VERSION = 0x80_03

function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4)
  return bytes
}

function control(type: ControlType, flags: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt16BE(VERSION, 0)
  head.writeUInt16BE(CONTROL_CODES[type], 2)
  head.writeUInt32BE(flags * 2 ** 24 + payload.length, 4)
  return Buffer.concat([head, payload])
}

const fin = (frame: { fin: boolean }) => (frame.fin ? FLAG_FIN : 0)

type Encoders = { [T in Frame['type']]: (frame: Extract<Frame, { type: T }>) => Buffer }

const ENCODE: Encoders = {
  'syn-stream': (frame) =>
    control(
      'syn-stream',
      fin(frame),
      Buffer.concat([words(frame.streamId, 0), Buffer.alloc(2), frame.block]),
    ),
  'syn-reply': (frame) =>
    control('syn-reply', fin(frame), Buffer.concat([words(frame.streamId), frame.block])),
  headers: (frame) => control('headers', fin(frame), Buffer.concat([words(frame.streamId), frame.block])),
  'rst-stream': (frame) => control('rst-stream', 0, words(frame.streamId, frame.status)),
  settings: ({ settings }) =>
    control('settings', 0, words(settings.length, ...settings.flatMap(({ id, value }) => [id, value]))),
  ping: (frame) => control('ping', 0, words(frame.id)),
  'go-away': (frame) => control('go-away', 0, words(frame.lastStreamId, frame.status)),
  'window-update': (frame) => control('window-update', 0, words(frame.streamId, frame.delta)),
  data: (frame) =>
    Buffer.concat([words(frame.streamId, fin(frame) * 2 ** 24 + frame.data.length), frame.data]),
}

/** A frame as it goes over the wire; data must stay below 16 MiB. */
export function encodeFrame(frame: Frame): Buffer {
  const encode = ENCODE[frame.type] as (frame: Frame) => Buffer
  return encode(frame)
}
