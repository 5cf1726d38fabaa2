import type { IncomingMessage } from 'node:http'

/** How long a frame may take that must come. */
const PATIENCE_MS = 10_000

/** The frames of one open watch. */
export interface FrameReader {
  /** The next `count` frames. Rejects when they do not come. */
  take(count: number): Promise<unknown[]>
  /** All frames up to the end of the watch. Rejects when the server does not end it. */
  rest(): Promise<unknown[]>
  close(): void
}

/** Reads newline-separated JSON frames as they come. */
export function frameReader(message: IncomingMessage): FrameReader {
  const frames: unknown[] = []
  let text = ''
  let over = false
  let wake = () => {}
  message.setEncoding('utf8')
  message.on('data', (chunk: string) => {
    const lines = (text + chunk).split('\n')
    text = lines.pop() ?? ''
    frames.push(...lines.map((line) => JSON.parse(line) as unknown))
    wake()
  })
  const finish = () => {
    over = true
    wake()
  }
  message.on('close', finish)
  message.on('error', finish)

  const wait = async (done: () => boolean, what: string) => {
    const end = performance.now() + PATIENCE_MS
    while (!done()) {
      const left = end - performance.now()
      if (left <= 0) throw new Error(`waited in vain for ${what}; there are ${JSON.stringify(frames)}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
  return {
    async take(count) {
      await wait(() => frames.length >= count || over, `${count} frames`)
      if (frames.length < count) throw new Error(`the watch ended after ${JSON.stringify(frames)}`)
      return frames.splice(0, count)
    },
    async rest() {
      await wait(() => over, 'the end of a watch')
      return frames.splice(0)
    },
    close: () => message.destroy(),
  }
}
