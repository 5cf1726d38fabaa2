const LENGTH = 12
/** Versions 3 to 5. `RFB 000.000` is that of a repeater, which would let the browser choose the target. */
const GREETING = /^RFB 00[345]\.\d{3}\n$/
const PATTERN = 'RFB 00x.xxx\n'

const fits = (byte: number, index: number) => {
  const wanted = PATTERN[index]
  return wanted === 'x' ? byte >= 0x30 && byte <= 0x39 : byte === wanted?.charCodeAt(0)
}

export type Greeted = 'not-yet' | 'not-rfb' | 'rfb'

/** Reads the first words of a server, however they are cut; nothing may be sent to it before they are those of RFB. */
export function createGreeting() {
  const bytes = Buffer.alloc(LENGTH)
  let has = 0
  return {
    bytes,
    /** Takes what it needs of `chunk`, and tells how much that was. */
    read(chunk: Buffer): { state: Greeted; used: number } {
      const used = Math.min(LENGTH - has, chunk.length)
      for (let index = 0; index < used; index += 1) {
        const byte = chunk[index] ?? 0
        if (!fits(byte, has)) return { state: 'not-rfb', used }
        bytes[has] = byte
        has += 1
      }
      if (has < LENGTH) return { state: 'not-yet', used }
      return { state: GREETING.test(bytes.toString('latin1')) ? 'rfb' : 'not-rfb', used }
    },
  }
}
