'use client'

import type { VmSet } from '../../lib/fleet/vm.ts'
import { later } from '../ui/later.tsx'

const SetMoving = later(() => import('./set-moving.tsx').then((module) => module.SetMoving))

/** A set at rest has all its VMs and is in a phase that nothing follows by itself: most sets, most of the time. */
const RESTING: ReadonlySet<string> = new Set(['Running', 'Suspended', 'Failed'])

function rests(set: VmSet, total: number): boolean {
  const { phase, deletedAt, suspend, generation, observedGeneration, replicas, toolboxes } = set
  const settled = RESTING.has(phase) && deletedAt === null && suspend === (phase === 'Suspended')
  return settled && observedGeneration >= generation && (suspend || total === 1 + replicas + toolboxes)
}

/** In the head of a set: what was asked of it and is not there yet. `total` is the number of its VMs. */
export function SetAsked({ set, total }: { set: VmSet; total: number }) {
  return rests(set, total) ? null : <SetMoving set={set} />
}
