/**
 * What a terminal and the dashboard say to each other, over a connection that knows bytes only: frames of a kind (one
 * byte), a length (four, the highest first) and a payload.
 */
export const SHELL_FRAME = {
  /** From the page: what was typed. */
  input: 0,
  /** From the page: how many columns and rows it has; the first one starts the shell, others give it another size. */
  size: 1,
  /** From the page: nothing more is typed. */
  end: 2,
  /** To the page: what the shell writes. */
  output: 3,
  /** To the page, before any output: a `ShellMode`. */
  mode: 4,
  /** To the page, after all output: a `ShellExit`. */
  exit: 5,
} as const

export type ShellFrameKind = keyof typeof SHELL_FRAME

/** What kind of shell answered. */
export interface ShellMode {
  /**
   * The guest gave it a terminal of its own: it echoes, edits lines and knows signals. False: it reads lines, and
   * whoever types must echo and edit by himself (contract 6.7).
   */
  terminal: boolean
  /** Its terminal takes another size while it runs. */
  resizes: boolean
}

/** How a shell ended. */
export interface ShellExit {
  /** Null when the cluster did not tell, as older node agents do not. */
  code: number | null
  /** The cluster's own words when it could not be run, or was cut off; '' otherwise. */
  message: string
}

export interface ShellSize {
  columns: number
  rows: number
}

const HEAD = 5
/** Nobody pastes more in one piece. */
const LONGEST = 1024 * 1024

/** One frame as it goes over the WebSocket: its kind, the length of its payload (32 bits), the payload. */
export function shellFrame(kind: ShellFrameKind, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(HEAD + payload.length)
  frame[0] = SHELL_FRAME[kind]
  new DataView(frame.buffer).setUint32(1, payload.length)
  frame.set(payload, HEAD)
  return frame
}

/** A frame whose payload is JSON. */
export const shellJsonFrame = (kind: ShellFrameKind, value: ShellMode | ShellExit): Uint8Array<ArrayBuffer> =>
  shellFrame(kind, new TextEncoder().encode(JSON.stringify(value)))

/** The size of a terminal as four bytes. */
export function sizePayload({ columns, rows }: ShellSize): Uint8Array {
  const payload = new Uint8Array(4)
  const view = new DataView(payload.buffer)
  view.setUint16(0, columns)
  view.setUint16(2, rows)
  return payload
}

const within = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value))

/** Reads a size back, within what a terminal can have; null for what is none. */
export function readSize(payload: Uint8Array): ShellSize | null {
  if (payload.length !== 4) return null
  const view = new DataView(payload.buffer, payload.byteOffset, 4)
  return { columns: within(view.getUint16(0), 20, 500), rows: within(view.getUint16(2), 5, 300) }
}

const KINDS = new Map(
  Object.entries(SHELL_FRAME).map(([kind, code]) => [code as number, kind as ShellFrameKind]),
)

export interface ShellFrameReader {
  /** Takes the next bytes; what they complete is told. False when they are no frames: nothing comes after that. */
  push(bytes: Uint8Array): boolean
}

/** Puts frames together again, however the bytes were cut. */
export function createShellFrameReader(
  onFrame: (kind: ShellFrameKind, payload: Uint8Array) => void,
): ShellFrameReader {
  let held = new Uint8Array(0)
  let broken = false
  const take = (bytes: Uint8Array): Uint8Array | null => {
    let at = 0
    while (bytes.length - at >= HEAD) {
      const length = new DataView(bytes.buffer, bytes.byteOffset + at + 1, 4).getUint32(0)
      const kind = KINDS.get(bytes[at] ?? -1)
      if (kind === undefined || length > LONGEST) return null
      if (bytes.length - at - HEAD < length) break
      onFrame(kind, bytes.slice(at + HEAD, at + HEAD + length))
      at += HEAD + length
    }
    return bytes.slice(at)
  }
  return {
    push(bytes) {
      if (broken) return false
      const all = new Uint8Array(held.length + bytes.length)
      all.set(held)
      all.set(bytes, held.length)
      const rest = take(all)
      broken = rest === null
      held = new Uint8Array(rest ?? [])
      return !broken
    },
  }
}
