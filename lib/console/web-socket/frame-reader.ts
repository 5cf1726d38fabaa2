import { isUtf8 } from 'node:buffer'
import { OPCODE } from './frames.ts'

export interface FrameListener {
  /** Data, unmasked, in one piece for all of a chunk. */
  onBytes(bytes: Buffer): void
  onPing(payload: Buffer): void
  /** The peer said goodbye; 1005 without a code. Nothing comes after it. */
  onClose(code: number): void
  /** The peer broke the protocol: with this code the connection must be failed. Nothing comes after it. */
  onFault(code: 1002 | 1003 | 1007 | 1009): void
}

export interface FrameReader {
  /** Reads a chunk, which is overwritten. */
  push(chunk: Buffer): void
}

/** Nobody pastes more; what claims to be longer is not a person's doing. */
const LONGEST_FRAME = 16 * 1024 * 1024
const CONTROL_LIMIT = 125

class Fault extends Error {
  readonly code: 1002 | 1003 | 1007 | 1009

  constructor(code: 1002 | 1003 | 1007 | 1009) {
    super(`WebSocket fault ${code}`)
    this.code = code
  }
}

const isControl = (opcode: number) => opcode >= 8

/** Codes that may stand in a close frame (RFC 6455, 7.4). */
const isCloseCode = (code: number) =>
  (code >= 1000 && code <= 1014 && code !== 1004 && code !== 1005 && code !== 1006) ||
  (code >= 3000 && code <= 4999)

function closeCodeOf(payload: Buffer): number {
  if (payload.length === 0) return 1005
  if (payload.length === 1) throw new Fault(1002)
  const code = payload.readUInt16BE(0)
  if (!isCloseCode(code)) throw new Fault(1002)
  if (!isUtf8(payload.subarray(2))) throw new Fault(1007)
  return code
}

/** How many bytes the head of a frame has, once its second byte is there. */
function headLength(second: number): number {
  const length = second & 0x7f
  return 6 + (length === 126 ? 2 : length === 127 ? 8 : 0)
}

function payloadLength(head: Buffer): number {
  const short = (head[1] ?? 0) & 0x7f
  if (short < 126) return short
  if (short === 126) {
    const length = head.readUInt16BE(2)
    if (length < 126) throw new Fault(1002)
    return length
  }
  const high = head.readUInt32BE(2)
  const length = head.readUInt32BE(6)
  if (high >= 2 ** 31) throw new Fault(1002)
  if (high === 0 && length < 65_536) throw new Fault(1002)
  if (high > 0) throw new Fault(1009)
  return length
}

/**
 * Reads the frames of a WebSocket client as a stream of bytes. Messages are not put together, so no fragment, however
 * small or many, is ever kept: what it holds is the head of one frame and the payload of one control frame.
 */
export function createFrameReader(listener: FrameListener): FrameReader {
  const head = Buffer.alloc(14)
  const control = Buffer.alloc(CONTROL_LIMIT)
  let headHas = 0
  let inPayload = false
  let opcode = 0
  let left = 0
  let maskAt = 0
  let maskTurn = 0
  let controlHas = 0
  let messageOpen = false
  let over = false

  const checkOpcode = (first: number, second: number) => {
    if ((first & 0x70) !== 0 || (second & 0x80) === 0) throw new Fault(1002)
    const code = first & 0x0f
    const final = (first & 0x80) !== 0
    if (isControl(code)) {
      if (code > OPCODE.pong || !final || (second & 0x7f) > CONTROL_LIMIT) throw new Fault(1002)
      return
    }
    if (code === OPCODE.text) throw new Fault(1003)
    if (code > OPCODE.binary || (code === OPCODE.continuation) !== messageOpen) throw new Fault(1002)
    messageOpen = !final
  }
  const startFrame = () => {
    opcode = (head[0] ?? 0) & 0x0f
    left = payloadLength(head)
    if (left > LONGEST_FRAME) throw new Fault(1009)
    maskAt = headHas - 4
    maskTurn = 0
    controlHas = 0
    inPayload = true
    headHas = 0
  }
  const unmask = (from: Buffer, read: number, length: number, to: Buffer, write: number) => {
    for (let index = 0; index < length; index += 1) {
      const mask = head[maskAt + ((maskTurn + index) & 3)] ?? 0
      to[write + index] = (from[read + index] ?? 0) ^ mask
    }
    maskTurn = (maskTurn + length) & 3
  }
  /** The close code of a control frame that ends the connection. */
  const endFrame = (): number | undefined => {
    inPayload = false
    const payload = control.subarray(0, controlHas)
    if (opcode === OPCODE.close) return closeCodeOf(payload)
    if (opcode === OPCODE.ping) listener.onPing(payload)
    return undefined
  }

  /** Takes one byte of a head; true when that was its last. */
  const readHead = (byte: number): boolean => {
    head[headHas] = byte
    headHas += 1
    if (headHas === 2) checkOpcode(head[0] ?? 0, byte)
    if (headHas < 2 || headHas < headLength(head[1] ?? 0)) return false
    startFrame()
    return true
  }
  /** Unmasks into the front of the chunk: data never is ahead of where it is read from. */
  const readPayload = (chunk: Buffer, at: number, collected: { bytes: number }): number => {
    const length = Math.min(left, chunk.length - at)
    if (isControl(opcode)) {
      unmask(chunk, at, length, control, controlHas)
      controlHas += length
    } else {
      unmask(chunk, at, length, chunk, collected.bytes)
      collected.bytes += length
    }
    left -= length
    return length
  }
  const read = (chunk: Buffer, collected: { bytes: number }): number | undefined => {
    for (let at = 0; at < chunk.length;) {
      if (inPayload) at += readPayload(chunk, at, collected)
      else {
        const complete = readHead(chunk[at] ?? 0)
        at += 1
        if (!complete) continue
      }
      if (left > 0) continue
      const closed = endFrame()
      if (closed !== undefined) return closed
    }
    return undefined
  }

  return {
    push(chunk) {
      if (over) return
      const collected = { bytes: 0 }
      let closed: number | undefined
      let fault: Fault | undefined
      try {
        closed = read(chunk, collected)
      } catch (error) {
        if (!(error instanceof Fault)) throw error
        fault = error
      }
      over = closed !== undefined || fault !== undefined
      if (collected.bytes > 0) listener.onBytes(chunk.subarray(0, collected.bytes))
      if (fault !== undefined) listener.onFault(fault.code)
      else if (closed !== undefined) listener.onClose(closed)
    },
  }
}
