import { constants, createDeflate, createInflate, type Deflate, type Inflate } from 'node:zlib'
import { HEADER_DICTIONARY } from './dictionary.ts'
import { FramingError } from './frame-reader.ts'

/** Names are in lower case, as the protocol wants them. */
export type Headers = Record<string, string>

/** What a few headers can grow to; a block that unfolds beyond it is an attack. */
const LONGEST_BLOCK = 64 * 1024

function sized(text: string): Buffer {
  const bytes = Buffer.from(text)
  const size = Buffer.alloc(4)
  size.writeUInt32BE(bytes.length)
  return Buffer.concat([size, bytes])
}

function plainBlock(headers: Headers): Buffer {
  const entries = Object.entries(headers)
  const count = Buffer.alloc(4)
  count.writeUInt32BE(entries.length)
  return Buffer.concat([count, ...entries.flatMap(([name, value]) => [sized(name), sized(value)])])
}

function headersOf(block: Buffer): Headers {
  let at = 0
  const number = () => {
    if (at + 4 > block.length) throw new FramingError('compressed payload size was incorrect')
    at += 4
    return block.readUInt32BE(at - 4)
  }
  const text = () => {
    const size = number()
    if (at + size > block.length) throw new FramingError('compressed payload size was incorrect')
    at += size
    return block.toString('utf8', at - size, at)
  }
  const headers: Headers = {}
  for (let left = number(); left > 0; left--) {
    const name = text()
    headers[name.toLowerCase()] = text()
  }
  return headers
}

/** Everything that one step of a zlib stream puts out. */
function through(stream: Deflate | Inflate, step: (done: () => void) => void): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let size = 0
    const settle = (error?: Error) => {
      stream.off('data', take)
      stream.off('error', settle)
      if (error) reject(error)
      else resolve(Buffer.concat(parts))
    }
    const take = (part: Buffer) => {
      parts.push(part)
      size += part.length
      if (size <= LONGEST_BLOCK) return
      settle(new FramingError('the header block is too large'))
      stream.destroy()
    }
    stream.on('data', take)
    stream.once('error', settle)
    step(() => settle())
  })
}

/** Compresses the header blocks of one direction of a connection, one after the other. */
export function headerDeflater(): { block(headers: Headers): Promise<Buffer>; close(): void } {
  const deflate = createDeflate({ level: constants.Z_BEST_COMPRESSION, dictionary: HEADER_DICTIONARY })
  return {
    block: (headers) =>
      through(deflate, (done) => {
        deflate.write(plainBlock(headers))
        deflate.flush(constants.Z_SYNC_FLUSH, done)
      }),
    close: () => void deflate.destroy(),
  }
}

/** Reads the header blocks of one direction of a connection, one after the other. Rejects at what is none. */
export function headerInflater(): { headers(block: Buffer): Promise<Headers>; close(): void } {
  const inflate = createInflate({ dictionary: HEADER_DICTIONARY, flush: constants.Z_SYNC_FLUSH })
  return {
    async headers(block) {
      return headersOf(await through(inflate, (done) => void inflate.write(block, () => done())))
    },
    close: () => void inflate.destroy(),
  }
}
