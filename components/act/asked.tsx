'use client'

import { Hourglass, TriangleAlert } from 'lucide-react'
import type { Operation } from '../../lib/fleet/operations/operation.ts'
import { progressLines } from '../../lib/fleet/operations/progress-words.ts'
import type { Progress } from '../../lib/fleet/operations/progress.ts'
import { setProgress } from '../../lib/fleet/operations/set-progress.ts'
import { vmProgress } from '../../lib/fleet/operations/vm-progress.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import { useFleetIndex, useServerNow, useUsual } from '../../lib/live/fleet-hooks.ts'
import { NotifyButton } from '../activity/notify-button.tsx'
import { runningOn } from '../activity/running-on.ts'
import { setSubject, vmSubject } from './subject-of.ts'

/** What was asked of a VM, and of its set where the VM is its main agent, and is not there yet. */
export function Asked({ vm }: { vm: Vm }) {
  const index = useFleetIndex()
  const { set } = vmSubject(index, vm)
  const operation = runningOn(index.operations, vm.uid)
  const ofSet = set === null ? undefined : runningOn(index.operations, set.uid)
  const own = vmProgress(vm, operation)
  const whole =
    set === null || vm.role !== 'main' ? null : setProgress(set, setSubject(index, set).vms, ofSet)
  return (
    <>
      {own !== null && <Said progress={own} operation={operation} about="" />}
      {whole !== null && set !== null && (
        <Said progress={whole} operation={ofSet} about={`Set ${set.name}: `} />
      )}
    </>
  )
}

/** Ticks by itself; nothing else in the panel renders with it. */
function Said({
  progress,
  operation,
  about,
}: {
  progress: Progress
  operation: Operation | undefined
  about: string
}) {
  const now = useServerNow(1_000)
  const usual = useUsual(progress.kind)
  if (now === 0) return null
  const [head = '', ...rest] = progressLines(progress, usual, now)
  const trouble = progress.state === 'failed' || progress.message !== ''
  const Icon = trouble ? TriangleAlert : Hourglass
  return (
    <div
      data-phase={trouble ? 'unreachable' : 'scheduling'}
      className="flex gap-1.5 text-xs text-muted tabular-nums"
    >
      <Icon aria-hidden size={13} strokeWidth={1.75} className="mt-0.5 shrink-0 text-phase-ink" />
      <div className="min-w-0 flex-1 space-y-1 wrap-anywhere">
        <p className="text-text">
          <bdi>{`${about}${head}`}</bdi>
        </p>
        {rest.map((line) => (
          <p key={line}>
            <bdi>{line}</bdi>
          </p>
        ))}
        {operation !== undefined && <NotifyButton operation={operation} usual={usual} now={now} />}
      </div>
    </div>
  )
}
