import type { Freshness } from '../fleet/freshness.ts'
import {
  applyChanges,
  emptyTables,
  encodeTables,
  keepIdentity,
  tablesOfSnapshot,
  touchedUids,
} from '../fleet/row-changes.ts'
import { FLEET_KINDS } from '../fleet/vm.ts'
import type { FleetKind, FleetRows } from '../fleet/vm.ts'
import { WIRE_VERSION } from '../fleet/wire.ts'
import type { BeatEvent, ClusterIdentity, DeltaEvent, SnapshotEvent } from '../fleet/wire.ts'
import { createListeners } from './listeners.ts'
import type { FleetIndex } from './live-state.ts'

/** Under load the index is offered anew at most this often (ms); rows themselves are told at once. */
const INDEX_EVERY = 250

/** The browser's one fleet: a mutable table outside React, with a subscription per row. */
export interface LiveStore {
  row<Kind extends FleetKind>(kind: Kind, uid: string): FleetRows[Kind] | undefined
  subscribeRow(kind: FleetKind, uid: string, tell: () => void): () => void
  index(): FleetIndex
  subscribeIndex(tell: () => void): () => void
  /** How far the server's clock is ahead of this browser's, in ms. */
  clockSkew(): number
  cluster(): ClusterIdentity | null
  freshness(): Freshness | null
  /** `epoch-seq` of the last event applied; null before the first snapshot. */
  position(): string | null
  /** @throws Error when the server speaks another version of the stream than this page. */
  applySnapshot(event: SnapshotEvent): void
  /** @throws Error when the delta does not follow on what is here; only a new snapshot helps then. */
  applyDelta(event: DeltaEvent): void
  applyBeat(event: BeatEvent): void
  /** Forgets everything, as if nothing had ever come. */
  clear(): void
  /** Called when the cluster's identity or freshness may have changed. */
  subscribeFreshness(tell: () => void): () => void
  /** The whole state as a snapshot event, for a tab that joins; null before the first snapshot. */
  asSnapshot(): SnapshotEvent | null
}

export function createLiveStore(now: () => number = Date.now): LiveStore {
  let tables = emptyTables()
  let epoch: string | null = null
  let seq = 0
  let skew = 0
  let cluster: ClusterIdentity | null = null
  let freshness: Freshness | null = null
  let index: FleetIndex = { ...tables, revision: 0, loaded: false }
  let indexTimer: ReturnType<typeof setTimeout> | undefined
  let indexedAt = 0
  const rowListeners = createListeners()
  const indexListeners = createListeners()

  const publishIndex = () => {
    indexTimer = undefined
    indexedAt = now()
    index = { ...tables, revision: index.revision + 1, loaded: epoch !== null }
    indexListeners.tellAll('index')
  }
  const scheduleIndex = () => {
    if (indexTimer !== undefined) return
    const wait = indexedAt + INDEX_EVERY - now()
    if (wait <= 0) publishIndex()
    else indexTimer = setTimeout(publishIndex, Math.min(wait, INDEX_EVERY))
  }
  // Only a beat is made for the moment in which it is sent. A snapshot or a delta may have been kept for a
  // while before it came, so it can show that the server's clock is further ahead, never that it is behind.
  const heard = (at: number) => {
    const seen = at - now()
    if (epoch === null || seen > skew) skew = seen
  }

  return {
    row: (kind, uid) => tables[kind].get(uid),
    subscribeRow: (kind, uid, tell) => rowListeners.add(`${kind}/${uid}`, tell),
    index: () => index,
    subscribeIndex: (tell) => indexListeners.add('index', tell),
    clockSkew: () => skew,
    cluster: () => cluster,
    freshness: () => freshness,
    position: () => (epoch === null ? null : `${epoch}-${seq}`),
    applySnapshot(event) {
      if (event.wire !== WIRE_VERSION) {
        throw new Error(
          'this page and the server of the dashboard are of different versions; reload the page',
        )
      }
      heard(event.at)
      const before = tables
      const sent = tablesOfSnapshot(event)
      tables = {
        vms: keepIdentity(before.vms, sent.vms),
        sets: keepIdentity(before.sets, sent.sets),
        nodes: keepIdentity(before.nodes, sent.nodes),
        operations: keepIdentity(before.operations, sent.operations),
        usual: keepIdentity(before.usual, sent.usual),
      }
      epoch = event.epoch
      seq = event.seq
      cluster = event.cluster
      freshness = event.freshness
      if (indexTimer !== undefined) clearTimeout(indexTimer)
      publishIndex()
      indexListeners.tellAll('freshness')
      for (const kind of FLEET_KINDS) {
        const uids = new Set([...before[kind].keys(), ...tables[kind].keys()])
        for (const uid of uids) {
          if (before[kind].get(uid) !== tables[kind].get(uid)) rowListeners.tellAll(`${kind}/${uid}`)
        }
      }
    },
    applyDelta(event) {
      if (epoch === null || event.seq !== seq + 1) {
        throw new Error(`delta ${event.seq} does not follow on ${seq}`)
      }
      heard(event.at)
      const touched = touchedUids(event)
      try {
        applyChanges(tables, event.changes)
        seq = event.seq
      } finally {
        // Also when it broke off in the middle: the rows before that did change.
        for (const kind of FLEET_KINDS)
          for (const uid of touched[kind]) rowListeners.tellAll(`${kind}/${uid}`)
        scheduleIndex()
      }
    },
    applyBeat(event) {
      skew = event.at - now()
      freshness = event.freshness
      indexListeners.tellAll('freshness')
    },
    clear() {
      const before = tables
      tables = emptyTables()
      epoch = null
      seq = 0
      cluster = null
      freshness = null
      if (indexTimer !== undefined) clearTimeout(indexTimer)
      publishIndex()
      indexListeners.tellAll('freshness')
      for (const kind of FLEET_KINDS)
        for (const uid of before[kind].keys()) rowListeners.tellAll(`${kind}/${uid}`)
    },
    subscribeFreshness: (tell) => indexListeners.add('freshness', tell),
    asSnapshot() {
      if (epoch === null || cluster === null || freshness === null) return null
      const at = now() + skew
      return { wire: WIRE_VERSION, epoch, seq, at, cluster, freshness, tables: encodeTables(tables) }
    },
  }
}
