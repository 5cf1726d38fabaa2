import { CaptureFailed } from './capture-failed.ts'

/** Bytes of a server, in the pieces in which they are needed. */
export interface Source {
  /** @throws CaptureFailed `unreachable` when they do not come, `not-vnc` when all together are too many */
  read(count: number): Promise<Buffer>
}

/** A picture needs less, however badly it is packed. */
const MOST_BYTES = 128 * 1024 * 1024

/** Reads what comes in chunks of any size; nothing is taken while nobody reads. */
export function createSource(chunks: AsyncIterable<Buffer>, most = MOST_BYTES): Source {
  const iterator = chunks[Symbol.asyncIterator]()
  let held: Buffer[] = []
  let size = 0
  let taken = 0
  /** Waits until so many bytes are here. */
  const gather = async (count: number) => {
    if (size >= count) return
    const next = await iterator.next().catch((error: unknown) => {
      throw new CaptureFailed('unreachable', error instanceof Error ? error.message : String(error))
    })
    if (next.done === true) throw new CaptureFailed('unreachable', 'The server closed the connection.')
    held.push(next.value)
    size += next.value.length
    await gather(count)
  }
  return {
    async read(count) {
      taken += count
      if (taken > most) throw new CaptureFailed('not-vnc', 'The server sent more than any picture needs.')
      await gather(count)
      const all = held.length === 1 && held[0] !== undefined ? held[0] : Buffer.concat(held)
      held = [all.subarray(count)]
      size -= count
      return all.subarray(0, count)
    },
  }
}
