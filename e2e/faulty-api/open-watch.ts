import type { ServerResponse } from 'node:http'
import type { WatchedResource } from '../../lib/fleet/freshness.ts'

/** How a connection ends: with a reset, with a bare end of the TCP stream, or as HTTP wants it. */
export type Cut = 'reset' | 'fin' | 'end'

/** What becomes of one line on its way out. */
export interface Tampered {
  bytes: Buffer
  /** Ends the connection once the bytes are written. */
  cut?: Cut
}

export interface OpenWatch {
  readonly resource: WatchedResource
  readonly open: boolean
  /** Lines sent so far. */
  readonly lines: number
  /** Applied once, to the next line, or to the one `after` that many more. */
  tamperNext(change: (line: Buffer) => Tampered, after?: number): void
  /** From now on nothing is sent and nothing ends: the connection is a black hole. */
  deafen(): void
  cut(how: Cut): void
  send(text: string): void
}

/** The server's end of one watch, with everything that can go wrong on it. */
export function createOpenWatch(resource: WatchedResource, response: ServerResponse): OpenWatch {
  let tamper: ((line: Buffer) => Tampered) | undefined
  let untouched = 0
  let open = true
  let deaf = false
  let blackHole = false
  let lines = 0
  response.on('close', () => {
    open = false
  })

  const cut = (how: Cut) => {
    if (!open || blackHole) return
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
    tamperNext(change, after = 0) {
      tamper = change
      untouched = after
    },
    deafen() {
      deaf = true
      blackHole = true
    },
    cut,
    send(text) {
      if (!open || deaf) return
      lines += 1
      const line = Buffer.from(`${text}\n`)
      if (!tamper || untouched > 0) {
        untouched -= 1
        response.write(line)
        return
      }
      const { bytes, cut: how } = tamper(line)
      tamper = undefined
      if (how === undefined) response.write(bytes)
      else {
        // Nothing more may follow the cut line, even while it is on its way.
        deaf = true
        response.write(bytes, () => cut(how))
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
