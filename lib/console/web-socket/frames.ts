/** The longest head of a frame that a server sends. */
export const HEADROOM = 10

const FINAL = 0x80

export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

/**
 * Writes the head of a final, unmasked frame right before `start`, where there must be room for it.
 * @returns where the frame begins
 */
export function writeHead(slab: Buffer, start: number, length: number, opcode: number): number {
  if (length < 126) {
    slab[start - 2] = FINAL | opcode
    slab[start - 1] = length
    return start - 2
  }
  if (length < 65_536) {
    slab[start - 4] = FINAL | opcode
    slab[start - 3] = 126
    slab.writeUInt16BE(length, start - 2)
    return start - 4
  }
  slab[start - 10] = FINAL | opcode
  slab[start - 9] = 127
  slab.writeUInt32BE(0, start - 8)
  slab.writeUInt32BE(length, start - 4)
  return start - 10
}

/** A whole frame around a payload of less than 4 GiB. */
export function frameOf(opcode: number, payload: Uint8Array): Buffer {
  const slab = Buffer.allocUnsafe(HEADROOM + payload.length)
  slab.set(payload, HEADROOM)
  return slab.subarray(writeHead(slab, HEADROOM, payload.length, opcode))
}

/** A close frame; the reason must have at most 123 bytes. */
export function closeFrame(code: number, reason: string): Buffer {
  const payload = Buffer.alloc(2 + Buffer.byteLength(reason))
  payload.writeUInt16BE(code)
  payload.write(reason, 2)
  return frameOf(OPCODE.close, payload)
}
