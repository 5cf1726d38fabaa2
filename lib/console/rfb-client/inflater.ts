import { constants, createInflate } from 'node:zlib'
import { CaptureFailed } from './capture-failed.ts'

/** One zlib stream that lasts as long as its connection. */
export interface Inflater {
  /** @throws CaptureFailed `not-vnc` for what cannot be inflated, or becomes larger than `most` */
  inflate(bytes: Buffer, most: number): Promise<Buffer>
  close(): void
}

/** A stream at its beginning; it must be closed. */
export function createInflater(): Inflater {
  const stream = createInflate()
  // Told to whoever waits for bytes; between two pieces nobody does.
  stream.on('error', () => {})
  return {
    async inflate(bytes, most) {
      const parts: Buffer[] = []
      let size = 0
      let off = () => {}
      try {
        await new Promise<void>((resolve, reject) => {
          const fail = (error?: Error) =>
            reject(new CaptureFailed('not-vnc', error?.message ?? 'What was packed cannot be unpacked.'))
          const take = (part: Buffer) => {
            size += part.length
            if (size <= most) return void parts.push(part)
            fail(new Error('The server packed more than fits the picture.'))
            // Nothing of the rest is unpacked.
            stream.destroy()
          }
          stream.on('data', take).on('error', fail).on('close', fail)
          off = () => stream.off('data', take).off('error', fail).off('close', fail)
          stream.write(bytes)
          stream.flush(constants.Z_SYNC_FLUSH, () => resolve())
        })
      } finally {
        off()
      }
      return Buffer.concat(parts)
    },
    close: () => void stream.destroy(),
  }
}
