'use client'

import { Hourglass, TriangleAlert } from 'lucide-react'
import { progressLines } from '../../lib/fleet/operations/progress-words.ts'
import { kindOfPhase, needsMark, vmProgress } from '../../lib/fleet/operations/vm-progress.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import { picture } from '../ui/picture.ts'
import { PhaseChip } from './phase-chip.tsx'

/** A VM's phase, how far it is, and a mark where something was asked of it that its phase does not show. */
export function VmPhase({ vm }: { vm: Vm }) {
  return (
    <>
      <PhaseChip phase={vm.phase} since={vm.phaseSince} kind={kindOfPhase(vm)} />
      <AskedMark vm={vm} />
    </>
  )
}

function AskedMark({ vm }: { vm: Vm }) {
  const progress = vmProgress(vm, undefined)
  if (progress === null || !needsMark(vm, progress)) return null
  const failed = progress.state === 'failed'
  const Icon = failed ? TriangleAlert : Hourglass
  // Its words stand still, so they tell no time: the panel does.
  const words = progressLines({ ...progress, since: null }, undefined, 0).join('\n')
  return (
    <span {...picture(words)} data-phase={failed ? 'unreachable' : 'scheduling'} className="text-phase-ink">
      <Icon size={13} strokeWidth={1.9} />
    </span>
  )
}
