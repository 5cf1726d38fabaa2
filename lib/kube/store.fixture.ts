import { aCocoonSet, aHibernation, aPod, aVmNode } from '../fleet/objects.fixture.ts'
import type { HibernationSample, PodSample } from '../fleet/objects.fixture.ts'
import { projectHibernation } from '../fleet/project-hibernation.ts'
import { projectNode } from '../fleet/project-node.ts'
import { projectPod } from '../fleet/project-pod.ts'
import { projectSet } from '../fleet/project-set.ts'
import type { Vm } from '../fleet/vm.ts'
import type { FleetChanges } from '../fleet/wire.ts'
import { createFleetStore } from './fleet-store.ts'

function shown<Row>(row: Row | null): Row {
  if (row === null) throw new Error('the sample is not taken for one of ours')
  return row
}

/** Rows as a reflector hands them to the store. */
export const podRow = (sample: PodSample) => shown(projectPod(aPod(sample)))
export const setRow = (name: string, phase: string, uid?: string) => projectSet(aCocoonSet(name, phase, uid))
export const hibernationRow = (sample: HibernationSample) => projectHibernation(aHibernation(sample))
export const nodeRow = (name: string, more = {}) => shown(projectNode(aVmNode(name, more)))

/** A pod whose VM sleeps. */
export const sleepingPod = (name: string, more: Partial<PodSample> = {}) =>
  podRow({
    name,
    annotations: {
      'vm.cocoonstack.io/id': '',
      'vm.cocoonstack.io/hibernate': 'true',
      'vm.cocoonstack.io/lifecycle-state': 'hibernated',
    },
    status: { phase: 'Pending', conditions: [], podIP: '' },
    ...more,
  })

/** A store that keeps what it published. Time and the window are the caller's. */
export function recordedStore(at = Date.UTC(2026, 0, 2)) {
  const published: FleetChanges[] = []
  const turns: string[] = []
  const clock = { now: at }
  const store = createFleetStore({
    onChanges(changes) {
      if (Object.keys(changes).length > 0) published.push(structuredClone(changes))
    },
    onFreshness: () => void turns.push('turned'),
    now: () => clock.now,
  })
  const vm = (uid: string): Vm => {
    const found = store.tables.vms.get(uid)
    if (found === undefined) throw new Error(`no VM ${uid} is published`)
    return found
  }
  return { store, published, turns, clock, vm }
}
