/** Reads a connection piece by piece; nothing is taken from it while nobody reads. */
export interface ByteReader {
  /** Exactly so many bytes; throws when the connection ends before. */
  read(count: number): Promise<Buffer>
}

/** Thrown when a client goes away. */
export class ClientGone extends Error {}

/** A reader of what comes in chunks of any size. */
export function byteReader(source: AsyncIterable<Buffer>): ByteReader {
  const chunks = source[Symbol.asyncIterator]()
  let held: Buffer[] = []
  let size = 0
  return {
    async read(count) {
      while (size < count) {
        const next = await chunks.next()
        if (next.done === true) throw new ClientGone('the client has gone')
        held.push(next.value)
        size += next.value.length
      }
      const all = held.length === 1 && held[0] ? held[0] : Buffer.concat(held)
      held = [all.subarray(count)]
      size -= count
      return all.subarray(0, count)
    },
  }
}
