import { Hourglass, TriangleAlert } from 'lucide-react'
import { progressLines } from '../../lib/fleet/operations/progress-words.ts'
import { needsMark, vmProgress } from '../../lib/fleet/operations/vm-progress.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import { picture } from '../ui/picture.ts'

/** Beside a VM's phase: what was asked of it and its phase does not show, or how that failed. */
export function AskedMark({ vm }: { vm: Vm }) {
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
