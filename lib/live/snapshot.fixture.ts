import { encodeColumns } from '../fleet/columns.ts'
import { aNode, aSet, aVm } from '../fleet/arrange.fixture.ts'
import { WATCHED_RESOURCES } from '../fleet/freshness.ts'
import type { Freshness, ResourceFreshness, WatchedResource } from '../fleet/freshness.ts'
import type { Vm } from '../fleet/vm.ts'
import { WIRE_VERSION } from '../fleet/wire.ts'
import type { DeltaEvent, FleetChanges, SnapshotEvent } from '../fleet/wire.ts'

export const START = Date.UTC(2026, 0, 2)

/** All live, but for what is said. */
export function freshnessWith(
  over: Partial<Record<WatchedResource, Partial<ResourceFreshness>>> = {},
): Freshness {
  const entries = WATCHED_RESOURCES.map((name) => [
    name,
    { state: 'live', provenAt: START, message: '', ...over[name] },
  ])
  return Object.fromEntries(entries) as Freshness
}

export const vmNamed = (name: string, over: Partial<Vm> = {}) => aVm({ name, uid: name, ...over })

/** A snapshot of VMs with one set and one node beside them. */
export function snapshotOf(vms: readonly Vm[], over: Partial<SnapshotEvent> = {}): SnapshotEvent {
  return {
    wire: WIRE_VERSION,
    epoch: 'e1',
    seq: 10,
    at: START,
    cluster: { kind: 'kube', name: 'lab' },
    freshness: freshnessWith(),
    tables: {
      vms: encodeColumns(vms),
      sets: encodeColumns([aSet('web')]),
      nodes: encodeColumns([aNode('n1')]),
      operations: encodeColumns([]),
      usual: encodeColumns([]),
    },
    ...over,
  }
}

export const deltaOf = (seq: number, changes: FleetChanges, at = START): DeltaEvent => ({ seq, at, changes })

/** One event as the server writes it. */
export const written = (event: string, data: unknown, id?: string): string =>
  `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`
