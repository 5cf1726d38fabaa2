import { killed, SIGNALS } from './signals.ts'
import type { OpenFile } from './open-file.ts'

const CAPACITY = 65_536

/** Wakes everything that waits for a change; a wait ends early when its signal does. */
function bell() {
  let waiting: (() => void)[] = []
  return {
    ring() {
      const woken = waiting
      waiting = []
      for (const wake of woken) wake()
    },
    wait: (signal: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        const abort = () => reject(signal.reason)
        if (signal.aborted) return abort()
        signal.addEventListener('abort', abort, { once: true })
        waiting.push(() => {
          signal.removeEventListener('abort', abort)
          resolve()
        })
      }),
  }
}

/**
 * A pipe of 64 KiB: a writer waits while it is full, and dies of SIGPIPE when nobody can read any more; a reader waits
 * while it is empty, and sees the end when nobody can write any more.
 */
export function pipe(): { reader: OpenFile; writer: OpenFile } {
  const queue: Uint8Array[] = []
  let queued = 0
  let readers = 1
  let writers = 1
  const changed = bell()
  const isFull = () => queued >= CAPACITY && readers > 0
  const refuse = () => Promise.reject(new Error('the other end of a pipe'))
  const reader: OpenFile = {
    what: 'pipe',
    async read(signal) {
      while (queue.length === 0) {
        if (writers === 0) return undefined
        await changed.wait(signal)
      }
      signal.throwIfAborted()
      const chunk = queue.shift()
      queued -= chunk?.length ?? 0
      changed.ring()
      return chunk
    },
    unread(chunk) {
      if (chunk.length === 0) return
      queue.unshift(chunk)
      queued += chunk.length
    },
    write: refuse,
    retain: () => (readers++, reader),
    release() {
      readers--
      if (readers > 0) return
      queue.length = 0
      changed.ring()
    },
  }
  const writer: OpenFile = {
    what: 'pipe',
    read: refuse,
    unread: () => {},
    async write(chunk, signal) {
      signal.throwIfAborted()
      while (isFull()) await changed.wait(signal)
      if (readers <= 0) throw killed(SIGNALS.PIPE)
      if (chunk.length === 0) return
      queue.push(chunk)
      queued += chunk.length
      changed.ring()
    },
    retain: () => (writers++, writer),
    release() {
      writers--
      if (writers <= 0) changed.ring()
    },
  }
  return { reader, writer }
}
