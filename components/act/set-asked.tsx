'use client'

import { Hourglass, TriangleAlert } from 'lucide-react'
import { progressLine, progressLines } from '../../lib/fleet/operations/progress-words.ts'
import type { Progress } from '../../lib/fleet/operations/progress.ts'
import { setProgress } from '../../lib/fleet/operations/set-progress.ts'
import type { VmSet } from '../../lib/fleet/vm.ts'
import { useFleetIndex, useServerNow, useUsual } from '../../lib/live/fleet-hooks.ts'
import { runningOn } from '../activity/running-on.ts'
import { setSubject } from './subject-of.ts'

/** A set at rest has all its VMs and is in a phase that nothing follows by itself: most sets, most of the time. */
const RESTING: ReadonlySet<string> = new Set(['Running', 'Suspended', 'Failed'])

function rests(set: VmSet, total: number): boolean {
  const { phase, deletedAt, suspend, generation, observedGeneration, replicas, toolboxes } = set
  const settled = RESTING.has(phase) && deletedAt === null && suspend === (phase === 'Suspended')
  return settled && observedGeneration >= generation && (suspend || total === 1 + replicas + toolboxes)
}

/** In the head of a set: what was asked of it and is not there yet. `total` is the number of its VMs. */
export function SetAsked({ set, total }: { set: VmSet; total: number }) {
  return rests(set, total) ? null : <Moving set={set} />
}

/** Follows all of the fleet, so that only sets that are on their way are worth one. */
function Moving({ set }: { set: VmSet }) {
  const index = useFleetIndex()
  const progress = setProgress(set, setSubject(index, set).vms, runningOn(index.operations, set.uid))
  return progress === null ? null : <Line progress={progress} />
}

function Line({ progress }: { progress: Progress }) {
  const now = useServerNow(1_000)
  const usual = useUsual(progress.kind)
  if (now === 0) return null
  const trouble = progress.message !== ''
  const Icon = trouble ? TriangleAlert : Hourglass
  const step = progress.step === '' ? '' : `: ${progress.step}`
  return (
    <span
      data-phase={trouble ? 'unreachable' : 'scheduling'}
      data-tip={progressLines(progress, usual, now).join('\n')}
      className="flex min-w-0 items-center gap-1.5 text-xs text-phase-ink tabular-nums"
    >
      <Icon aria-hidden size={13} strokeWidth={1.75} className="shrink-0" />
      <bdi className="truncate">{`${progressLine(progress, usual, now)}${step}`}</bdi>
    </span>
  )
}
