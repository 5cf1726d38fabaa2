import { connectionOf } from './connection.ts'
import { createListeners } from './listeners.ts'
import { UNCONNECTED } from './live-state.ts'
import type { Connection } from './live-state.ts'
import { createLiveStore } from './live-store.ts'
import type { LiveStore } from './live-store.ts'
import type { Link } from './stream-loop.ts'
import { shareStream } from './tab-share.ts'

/** The page's one connection to the fleet: its store, and how the connection stands. */
export interface LiveClient {
  store: LiveStore
  connection(): Connection
  subscribeConnection(tell: () => void): () => void
  /** Opens the stream of one sign-in; the returned function closes it. Several starts are one. */
  start(who: string): () => void
  /** Says why there is nobody yet to open the stream for; '' while they are only being asked for. */
  waitFor(trouble: string): void
}

export function createLiveClient(url: string): LiveClient {
  const store = createLiveStore()
  const listeners = createListeners()
  let link: Link | null = null
  let connection = UNCONNECTED
  let users = 0
  let running: AbortController | null = null
  const update = () => {
    connection = connectionOf(store, link, connection, Date.now())
    listeners.tellAll('connection')
  }
  store.subscribeFreshness(update)
  return {
    store,
    connection: () => connection,
    subscribeConnection: (tell) => listeners.add('connection', tell),
    waitFor(trouble) {
      link = trouble === '' ? null : { open: false, message: trouble }
      update()
    },
    start(who) {
      users += 1
      if (running === null) {
        running = new AbortController()
        const onLink = (next: Link) => {
          link = next
          if (next.refusal === 'signed-out' && store.position() !== null) store.clear()
          update()
        }
        shareStream({ url, who, store, onLink, signal: running.signal }).catch((error: unknown) => {
          onLink({ open: false, message: error instanceof Error ? error.message : String(error) })
        })
      }
      return () => {
        users -= 1
        if (users > 0) return
        running?.abort()
        running = null
      }
    },
  }
}
