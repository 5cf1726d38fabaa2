const NEWLINE = 0x0a
const NOTHING = Buffer.alloc(0)

export interface LineSplitter {
  /** Takes what arrived and gives the lines that it completes, without their ends. Throws when a line is too long. */
  push(chunk: Buffer): Buffer[]
  /** What came after the last line end. */
  rest(): Buffer
}

/** Cuts bytes into lines. It works on bytes, so a character cut in two by the network stays whole. */
export function createLineSplitter(maxLineBytes: number): LineSplitter {
  let pending: Buffer[] = []
  let pendingBytes = 0
  const keep = (part: Buffer) => {
    pendingBytes += part.length
    if (pendingBytes > maxLineBytes) throw new Error(`a line of more than ${maxLineBytes} bytes arrived`)
    if (part.length > 0) pending.push(part)
  }
  const take = () => {
    const [first = NOTHING, second] = pending
    const line = second === undefined ? first : Buffer.concat(pending, pendingBytes)
    pending = []
    pendingBytes = 0
    return line
  }
  return {
    push(chunk) {
      const lines: Buffer[] = []
      let from = 0
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
        keep(chunk.subarray(from, end))
        lines.push(take())
        from = end + 1
      }
      keep(chunk.subarray(from))
      return lines
    },
    rest: take,
  }
}
