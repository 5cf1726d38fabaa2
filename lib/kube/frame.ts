import { constants, deflateRawSync } from 'node:zlib'

/**
 * One server-sent event, encoded once and handed to every client as the same bytes: plain, or as a piece of
 * a gzip stream. Each piece is deflated by itself and ends with a full flush, so pieces may be joined in any
 * order behind `GZIP_HEADER`, and a client may join in the middle (performance: shared compression).
 */
export interface Frame {
  event: string
  plain: Uint8Array
  gzip: Uint8Array
}

/** RFC 1952: the ten bytes that begin a gzip member (deflate, no name, no time, unknown system). */
export const GZIP_HEADER = new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])

const deflate = (bytes: Uint8Array) =>
  deflateRawSync(bytes, { level: 6, flush: constants.Z_FULL_FLUSH, finishFlush: constants.Z_FULL_FLUSH })

/** Encodes an event; JSON has no raw line breaks, so one data line holds it. */
export function encodeFrame(event: string, id: string | null, data: unknown): Frame {
  const idLine = id === null ? '' : `id: ${id}\n`
  const plain = new TextEncoder().encode(`event: ${event}\n${idLine}data: ${JSON.stringify(data)}\n\n`)
  let gzip: Uint8Array | null = null
  return {
    event,
    plain,
    get gzip() {
      gzip ??= deflate(plain)
      return gzip
    },
  }
}
