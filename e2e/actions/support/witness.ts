import { setTimeout as wait } from 'node:timers/promises'
import type { Connection } from '../../../demo/client/connection.ts'
import { pathOf } from '../../../demo/client/resources.ts'
import { watchFrom } from '../../../demo/client/watch.ts'
import { fieldsOf } from '../../../lib/fleet/reader.ts'
import { KIND_OF, WRITTEN_RESOURCES } from '../../../lib/fleet/writes/planned-write.ts'

type Json = Record<string, unknown>

/** One line of what `kubectl get --watch --output-watch-events` prints of an object. */
export interface Frame {
  type: 'ADDED' | 'MODIFIED' | 'DELETED'
  kind: string
  object: Json
}

/** Somebody who watches all pods, sets and hibernations, and remembers every frame in order. */
export interface Witness {
  /**
   * The frame that a write left, and the one before it of the same object (null for a new one).
   * @throws Error when it does not come
   */
  saw(wanted: (frame: Frame) => boolean, what: string): Promise<{ frame: Frame; before: Frame | null }>
  close(): void
}

export const metadataOf = (object: Json) => fieldsOf(object.metadata)
const uidOf = ({ object }: Frame) => metadataOf(object).uid

const PATIENCE_MS = 10_000

/** Starts to watch as of now, over a connection of the administrator's. */
export async function startWitness(connection: Connection): Promise<Witness> {
  const frames: Frame[] = []
  const ending = new AbortController()
  let broken: Error | undefined
  for (const resource of WRITTEN_RESOURCES) {
    const kind = KIND_OF[resource]
    const list = (await connection.send('GET', pathOf(resource, ''))) as { items?: Json[]; metadata?: Json }
    for (const object of list.items ?? []) frames.push({ type: 'ADDED', kind, object })
    const follow = async () => {
      const version = String(list.metadata?.resourceVersion)
      for await (const events of watchFrom(connection, resource, version, ending.signal)) {
        for (const { type, object } of events) {
          if (type !== 'BOOKMARK') frames.push({ type, kind, object: { ...object } })
        }
      }
    }
    follow().catch((error: unknown) => {
      if (!ending.signal.aborted) broken = new Error('the watch of the witness ended', { cause: error })
    })
  }
  return {
    async saw(wanted, what) {
      const deadline = Date.now() + PATIENCE_MS
      for (;;) {
        if (broken) throw broken
        const at = frames.findLastIndex(wanted)
        const frame = frames[at]
        if (frame) {
          const before = frames.slice(0, at).findLast((each) => uidOf(each) === uidOf(frame))
          return { frame, before: before ?? null }
        }
        if (Date.now() > deadline) throw new Error(`the witness never saw ${what}`)
        await wait(5)
      }
    },
    close: () => ending.abort(),
  }
}
