import type { KubeClient } from './client/kube-client.ts'
import type { Clock } from './clock.ts'

export interface EventExpiryOptions {
  client: KubeClient
  clock: Clock
  log: (text: string) => void
}

/** How long events live, and how often the old ones are looked for, in milliseconds. */
const LIFETIME = 3_600_000
const EVERY = 300_000

/** Removes events an hour after they were last seen, as a real cluster does; returns what stops it. */
export function startEventExpiry({ client, clock, log }: EventExpiryOptions): () => Promise<void> {
  let stopped = false
  let running = Promise.resolve()
  let cancel = () => {}
  const sweep = async () => {
    const { items } = await client.list('events')
    for (const event of items) {
      if (stopped) return
      const seen = Date.parse(event.lastTimestamp ?? event.metadata?.creationTimestamp ?? '')
      if (clock.now() - seen > LIFETIME) await client.remove('events', event)
    }
  }
  const plan = () => {
    cancel = clock.after(EVERY, () => {
      running = sweep()
        .catch((error: unknown) => {
          if (!stopped) log(`expiring events: ${error instanceof Error ? error.message : String(error)}`)
        })
        .then(() => {
          if (!stopped) plan()
        })
    })
  }
  plan()
  return async () => {
    stopped = true
    cancel()
    await running
  }
}
