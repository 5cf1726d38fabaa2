import type { BeatEvent, DeltaEvent, SnapshotEvent } from '../fleet/wire.ts'
import type { LiveStore } from './live-store.ts'
import type { StreamMessage } from './read-stream.ts'

type Apply = (store: LiveStore, data: string) => void

/** A Map, because the name comes from outside and may be `constructor`. */
const EVENTS: ReadonlyMap<string, Apply> = new Map<string, Apply>([
  ['snapshot', (store, data) => store.applySnapshot(JSON.parse(data) as SnapshotEvent)],
  ['delta', (store, data) => store.applyDelta(JSON.parse(data) as DeltaEvent)],
  ['beat', (store, data) => store.applyBeat(JSON.parse(data) as BeatEvent)],
])

/**
 * Applies one message of the stream to the store; events of a newer server that this page does not know
 * are passed over. @throws Error when the message does not fit what the store holds.
 */
export function applyMessage(store: LiveStore, message: StreamMessage): void {
  EVENTS.get(message.event)?.(store, message.data)
}
