'use client'

import {
  Ban,
  CircleHelp,
  CircleX,
  Hourglass,
  MonitorOff,
  MoonStar,
  Plane,
  Sunrise,
  Trash2,
} from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { vncPortOf } from '../../lib/fleet/can/vnc-endpoint.ts'
import type { VmSubject } from '../../lib/fleet/can/subjects.ts'
import type { VmPhase } from '../../lib/fleet/vm.ts'
import { WakeButton } from '../act/wake-button.tsx'
import { Notice } from '../ui/notice.tsx'
import { PhaseChip } from '../vm/phase-chip.tsx'

/** What a VM without a picture is doing instead. */
const LOOKS: Record<VmPhase, { Icon: LucideIcon; title: string }> = {
  scheduling: { Icon: Hourglass, title: 'It has no node yet' },
  creating: { Icon: Hourglass, title: 'It is being made' },
  waking: { Icon: Sunrise, title: 'It is waking' },
  ready: { Icon: Ban, title: 'Its screen cannot be opened now' },
  unreachable: { Icon: MonitorOff, title: 'Its screen cannot be opened now' },
  hibernating: { Icon: MoonStar, title: 'It is going to sleep' },
  hibernated: { Icon: MoonStar, title: 'It is asleep' },
  migrating: { Icon: Plane, title: 'It is moving to another node' },
  deleting: { Icon: Trash2, title: 'It is being deleted' },
  failed: { Icon: CircleX, title: 'It has failed' },
  unknown: { Icon: CircleHelp, title: 'Nobody knows how it is' },
}

const COMES: ReadonlySet<VmPhase> = new Set(['scheduling', 'creating', 'waking', 'hibernated', 'migrating'])

/** Why a VM shows no screen now. A sleeping one offers to be woken; nothing else here touches it. */
export function VmNotice({ subject, reason }: { subject: VmSubject; reason: string }) {
  const { vm } = subject
  const screenless = vncPortOf(vm) === 0
  const { Icon, title } = screenless ? { Icon: MonitorOff, title: 'It has no screen' } : LOOKS[vm.phase]
  const wake = vm.phase === 'hibernated' && !screenless
  return (
    <Notice Icon={Icon} title={title} actions={wake && <WakeButton subject={subject} />}>
      <p className="text-text">
        <PhaseChip phase={vm.phase} since={vm.phaseSince} />
      </p>
      <p className="wrap-anywhere">
        <bdi>{reason}</bdi>
      </p>
      {!screenless && COMES.has(vm.phase) && (
        <p>
          {wake
            ? 'Looking at it here has not woken it. Once it is awake, its screen opens by itself.'
            : 'Its screen opens here by itself as soon as it is ready.'}
        </p>
      )}
    </Notice>
  )
}
