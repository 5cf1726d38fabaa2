import type { ServerResponse } from 'node:http'
import type { WatchedResource } from '../../lib/fleet/freshness.ts'

/** How a connection ends: with a reset, with a bare end of the TCP stream, or as HTTP wants it. */
export type Cut = 'reset' | 'fin' | 'end'

/** What becomes of one line on its way out. */
export interface Tampered {
  bytes: Buffer
  then?: Cut
}

export interface OpenWatch {
  readonly resource: WatchedResource
  readonly open: boolean
  /** Lines sent so far. */
  readonly lines: number
  /** Applied to the next line only. */
  tamperNext(change: (line: Buffer) => Tampered): void
  /** From now on nothing is sent and nothing ends: the connection is a black hole. */
  deafen(): void
  cut(how: Cut): void
  send(text: string): void
}

/** The server's end of one watch, with everything that can go wrong on it. */
export function createOpenWatch(resource: WatchedResource, response: ServerResponse): OpenWatch {
  let tamper: ((line: Buffer) => Tampered) | undefined
  let open = true
  let deaf = false
  let lines = 0
  response.on('close', () => {
    open = false
  })

  const cut = (how: Cut) => {
    if (!open) return
    open = false
    if (how === 'end') response.end()
    else cutSocket(response, how)
  }
  return {
    resource,
    get open() {
      return open
    },
    get lines() {
      return lines
    },
    tamperNext(change) {
      tamper = change
    },
    deafen() {
      deaf = true
    },
    cut,
    send(text) {
      if (!open || deaf) return
      lines += 1
      const line = Buffer.from(`${text}\n`)
      if (!tamper) {
        response.write(line)
        return
      }
      const { bytes, then } = tamper(line)
      tamper = undefined
      if (then === undefined) response.write(bytes)
      else {
        // Nothing more may follow the cut line, even while it is on its way.
        deaf = true
        response.write(bytes, () => cut(then))
      }
    },
  }
}

/** Ends the connection below HTTP. */
export function cutSocket(response: ServerResponse, how: 'reset' | 'fin'): void {
  const { socket } = response
  if (how === 'reset') socket?.resetAndDestroy()
  else socket?.destroySoon()
}
