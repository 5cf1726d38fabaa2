/** Numbers of the encodings that the demo's desktops know (RFC 6143, 7.7; the rfbproto registry for the rest). */
export const ENCODING = {
  raw: 0,
  copyRect: 1,
  hextile: 5,
  zrle: 16,
  desktopSize: -223,
  cursor: -239,
  desktopName: -307,
  extendedDesktopSize: -308,
} as const

/** The head of one rectangle of an update. */
export function rectHead(
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  encoding: number,
): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt16BE(x, 0)
  head.writeUInt16BE(y, 2)
  head.writeUInt16BE(width, 4)
  head.writeUInt16BE(height, 6)
  head.writeInt32BE(encoding, 8)
  return head
}
