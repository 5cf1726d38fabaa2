import { randomBytes } from 'node:crypto'
import { WATCHED_RESOURCES } from '../fleet/freshness.ts'
import type { Freshness } from '../fleet/freshness.ts'
import { freshnessWithin } from '../fleet/freshness-within.ts'
import { createNarrowedFleet } from '../fleet/narrowed-fleet.ts'
import type { JudgedRows } from '../fleet/narrowed-fleet.ts'
import type { FleetTables } from '../fleet/row-changes.ts'
import { ALL_SIGHT, sees } from '../fleet/sight.ts'
import type { Sight } from '../fleet/sight.ts'
import type { Vm, VmNode } from '../fleet/vm.ts'
import type { ClusterIdentity, FleetChanges, FleetDocument } from '../fleet/wire.ts'
import type { FleetStore } from './fleet-store.ts'
import { createFleetStream } from './fleet-stream.ts'
import type { FleetStream } from './fleet-stream.ts'

/** The fleet as everybody of one sight sees it. */
export interface View {
  stream: FleetStream
  document(): FleetDocument
  freshness(): Freshness
  /** Whether what there is of VMs in a namespace is here, so that what is not here is not there. */
  seesPodsIn(namespace: string): boolean
  /** The row of the VM that bears this name now. */
  vmNamed(namespace: string, name: string): Vm | undefined
  vmsOfSet(namespace: string, set: string): Vm[]
  nodeNamed(name: string): VmNode | undefined
}

export interface Views {
  /** What the dashboard itself sees: for what it does, never for what it answers. */
  whole: View
  /** Of everybody with this sight: one for all of them, from the first who asks until some time after the last. */
  of(sight: Sight): View
  /** Hands a batch on that the store has published. */
  follow(changes: FleetChanges, judged: JudgedRows): void
  beat(): void
  /** How many there are, the whole one among them. */
  count(): number
  close(): void
}

export interface ViewsOptions {
  store: FleetStore
  cluster: ClusterIdentity
  now?: () => number
  /** How long (ms) a view that nobody reads is kept for who comes back. */
  keptMs?: number
}

const KEPT_MS = 120_000

/** ISO 8601 of the oldest proof among the resources that are watched; null before the first. */
function asOf(freshness: Freshness): string | null {
  const proofs = WATCHED_RESOURCES.map((name) => freshness[name])
    .filter(({ state }) => state !== 'forbidden' && state !== 'missing')
    .map(({ provenAt }) => provenAt)
  return proofs.length === 0 || proofs.includes(0) ? null : new Date(Math.min(...proofs)).toISOString()
}

/** One store, and a view of it for each distinct sight: its rows, its stream, each change encoded once for all in it. */
export function createViews({ store, cluster, now = Date.now, keptMs = KEPT_MS }: ViewsOptions): Views {
  const viewOf = (sight: Sight, tables: FleetTables): View => {
    // Of its own for every view, so that a place in the stream of one is none in that of another.
    const epoch = randomBytes(8).toString('hex')
    const freshness = () => freshnessWithin(sight, store.freshness())
    const stream = createFleetStream({ epoch, cluster, tables, freshness, now })
    return {
      stream,
      freshness,
      document() {
        store.flush()
        return {
          epoch,
          seq: stream.seq(),
          asOf: asOf(freshness()),
          cluster,
          freshness: freshness(),
          vms: [...tables.vms.values()],
          sets: [...tables.sets.values()],
          nodes: [...tables.nodes.values()],
          operations: [...tables.operations.values()],
          usual: [...tables.usual.values()],
        }
      },
      seesPodsIn: (namespace) => sees(sight.pods, namespace),
      vmNamed: (namespace, name) => tables.vms.get(store.uidNamed(namespace, name) ?? ''),
      vmsOfSet: (namespace, set) =>
        store.uidsOfSet(namespace, set).flatMap((uid) => tables.vms.get(uid) ?? []),
      nodeNamed: (name) => tables.nodes.get(store.uidOfNode(name) ?? ''),
    }
  }

  const whole = viewOf(ALL_SIGHT, store.tables)
  const narrowed = new Map<string, { view: View; follow(judged: JudgedRows): FleetChanges; usedAt: number }>()

  const narrow = (sight: Sight) => {
    store.flush()
    const fleet = createNarrowedFleet(store, sight, now)
    const made = { view: viewOf(sight, fleet.tables), follow: fleet.follow, usedAt: now() }
    narrowed.set(sight.key, made)
    return made
  }

  return {
    whole,
    of(sight) {
      if (sight.key === ALL_SIGHT.key) return whole
      const known = narrowed.get(sight.key) ?? narrow(sight)
      known.usedAt = now()
      return known.view
    },
    follow(changes, judged) {
      if (Object.keys(changes).length > 0) whole.stream.publish(changes)
      for (const { view, follow } of narrowed.values()) {
        const seen = follow(judged)
        if (Object.keys(seen).length > 0) view.stream.publish(seen)
      }
    },
    beat() {
      whole.stream.beat()
      for (const [key, { view, usedAt }] of narrowed) {
        view.stream.beat()
        if (view.stream.readers() > 0 || now() - usedAt <= keptMs) continue
        narrowed.delete(key)
        view.stream.close()
      }
    },
    count: () => narrowed.size + 1,
    close() {
      whole.stream.close()
      for (const { view } of narrowed.values()) view.stream.close()
      narrowed.clear()
    },
  }
}
