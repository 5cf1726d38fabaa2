'use client'

import { Hourglass, TriangleAlert } from 'lucide-react'
import { progressLine, progressLines } from '../../lib/fleet/operations/progress-words.ts'
import type { Progress } from '../../lib/fleet/operations/progress.ts'
import { setProgress } from '../../lib/fleet/operations/set-progress.ts'
import type { VmSet } from '../../lib/fleet/vm.ts'
import { useFleetIndex, useServerNow, useUsual } from '../../lib/live/fleet-hooks.ts'
import { runningOn } from '../activity/running-on.ts'
import { setSubject } from './subject-of.ts'

/** What a set is asked for, and how far it is. It follows all of the fleet: only sets on their way are worth one. */
export function SetMoving({ set }: { set: VmSet }) {
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
