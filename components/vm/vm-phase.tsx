'use client'

import { kindOfPhase } from '../../lib/fleet/operations/kind-of-phase.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import { PhaseChip } from './phase-chip.tsx'
import { later } from '../ui/later.tsx'

const AskedMark = later(() => import('./asked-mark.tsx').then((module) => module.AskedMark))

/** Most VMs have no request, or one that is met: what is to be said of the others is brought when there is one. */
const MET: ReadonlySet<string> = new Set(['Hibernate Hibernated', 'Wake Active'])

const isAsked = ({ hibernation }: Vm) =>
  hibernation !== null && !MET.has(`${hibernation.desire} ${hibernation.phase}`)

/** A VM's phase, how far it is, and a mark where something was asked of it that its phase does not show. */
export function VmPhase({ vm }: { vm: Vm }) {
  return (
    <>
      <PhaseChip phase={vm.phase} since={vm.phaseSince} kind={kindOfPhase(vm)} />
      {isAsked(vm) && <AskedMark vm={vm} />}
    </>
  )
}
