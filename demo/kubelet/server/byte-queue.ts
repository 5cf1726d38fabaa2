/** Bytes between one who has them and one who wants them later; who brings them waits while too many lie here. */
export interface ByteQueue extends AsyncIterable<Uint8Array> {
  /** Resolves when there is room for more, or when nobody wants them any longer. */
  push(chunk: Uint8Array): Promise<void>
  /** Nothing comes after what is here. */
  end(): void
  /** Nobody wants more: what is here is dropped, what comes is ignored, and the reader's loop ends. */
  close(): void
}

/** Holds about `limit` bytes before it makes the writer wait. */
export function byteQueue(limit = 256 * 1024): ByteQueue {
  const chunks: Uint8Array[] = []
  let size = 0
  let ended = false
  let wakeReader: (() => void) | undefined
  let wakeWriters: (() => void)[] = []

  const call = () => {
    wakeReader?.()
    wakeReader = undefined
  }
  const makeRoom = () => {
    if (size > limit && !ended) return
    for (const wake of wakeWriters) wake()
    wakeWriters = []
  }
  const close = () => {
    ended = true
    chunks.length = 0
    size = 0
    makeRoom()
    call()
  }

  return {
    async push(chunk) {
      if (ended || chunk.length === 0) return
      chunks.push(chunk)
      size += chunk.length
      call()
      if (size > limit) await new Promise<void>((resolve) => void wakeWriters.push(resolve))
    },
    end() {
      ended = true
      makeRoom()
      call()
    },
    close,
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const chunk = chunks.shift()
        if (chunk) {
          size -= chunk.length
          makeRoom()
          yield chunk
        } else if (ended) return
        else await new Promise<void>((resolve) => void (wakeReader = resolve))
      }
    },
  }
}
