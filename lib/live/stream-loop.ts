import { readStream, StreamRefused } from './read-stream.ts'
import type { StreamMessage, StreamRefusal } from './read-stream.ts'

/** The server beats every 5 s: three beats missed mean that nobody is there. */
const SILENCE_LIMIT = 15_000
const FIRST_PAUSE = 500
const LONGEST_PAUSE = 15_000

/** How the connection to our own server stands. */
export interface Link {
  open: boolean
  /** Why it is not open; '' when it is, or was never tried. */
  message: string
  /** It is not open because the server refuses it; once nobody is signed in, nothing may be shown on. */
  refusal?: StreamRefusal
}

export interface StreamLoopOptions {
  url: string
  position(): string | null
  /** @throws Error when the message cannot be applied; the stream is then read anew from a snapshot. */
  onMessage(message: StreamMessage): void
  onLink(link: Link): void
  signal: AbortSignal
}

/** Full jitter, so that a thousand browsers do not come back in the same instant after a restart. */
const pauseAfter = (failures: number) =>
  Math.random() * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.max(0, failures - 1)) + 100

const sleep = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const wake = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, signal.aborted ? 0 : ms)
    signal.addEventListener('abort', wake)
  })

const words = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** Keeps the stream open until the signal aborts: silence, cuts and gaps all lead to a new connection. */
export async function runStreamLoop(options: StreamLoopOptions): Promise<void> {
  let failures = 0
  let fresh = false
  while (!options.signal.aborted) {
    const attempt = new AbortController()
    const signal = AbortSignal.any([options.signal, attempt.signal])
    let watchdog = setTimeout(() => attempt.abort(new Error('the stream fell silent')), SILENCE_LIMIT)
    const alive = () => {
      clearTimeout(watchdog)
      watchdog = setTimeout(() => attempt.abort(new Error('the stream fell silent')), SILENCE_LIMIT)
    }
    let message = 'the stream ended'
    let refusal: StreamRefusal | undefined
    try {
      await readStream({
        url: options.url,
        lastEventId: fresh ? null : options.position(),
        signal,
        onOpen: () => options.onLink({ open: true, message: '' }),
        onLife: alive,
        onMessage: (event) => {
          // A message that does not fit leaves the store behind the stream: begin again from a snapshot.
          fresh = true
          options.onMessage(event)
          fresh = false
          failures = 0
        },
      })
    } catch (error) {
      message = words(error)
      if (error instanceof StreamRefused) refusal = error.refusal
    }
    clearTimeout(watchdog)
    attempt.abort()
    if (options.signal.aborted) return
    failures += 1
    options.onLink({ open: false, message, ...(refusal ? { refusal } : {}) })
    await sleep(pauseAfter(failures), options.signal)
  }
}
