'use client'

import {
  Ban,
  Check,
  CircleDashed,
  CircleQuestionMark,
  CircleSlash,
  Hourglass,
  LoaderCircle,
} from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { STATE_WORDS, whyNot } from '../../lib/fleet/bulk/report.ts'
import type { Outcome, OutcomeState } from '../../lib/fleet/bulk/run.ts'
import type { VmPhase } from '../../lib/fleet/vm.ts'
import { useVm } from '../../lib/live/fleet-hooks.ts'
import { PhaseChip } from '../vm/phase-chip.tsx'

const LOOKS: Record<OutcomeState, { Icon: LucideIcon; tone: VmPhase; spins?: true }> = {
  waiting: { Icon: Hourglass, tone: 'scheduling' },
  started: { Icon: LoaderCircle, tone: 'creating', spins: true },
  done: { Icon: Check, tone: 'ready' },
  refused: { Icon: Ban, tone: 'failed' },
  unknown: { Icon: CircleQuestionMark, tone: 'unreachable' },
  stopped: { Icon: CircleSlash, tone: 'scheduling' },
  skipped: { Icon: CircleDashed, tone: 'scheduling' },
}

/** How the VM is by now: what was asked for ends there, not with the answer of the API. */
function Now({ uid }: { uid: string }) {
  const vm = useVm(uid)
  return vm === undefined ? null : <PhaseChip phase={vm.phase} since={vm.phaseSince} />
}

/** One target of a run: how it stands with the request, why not where it was not done, and how it is now. */
export function OutcomeRow({ outcome }: { outcome: Outcome }) {
  const { row, state } = outcome
  const { Icon, tone, spins } = LOOKS[state]
  const why = whyNot(outcome)
  return (
    <span data-phase={tone} className="flex min-w-0 flex-1 items-center gap-2">
      <Icon
        aria-hidden
        size={14}
        strokeWidth={1.9}
        className={`shrink-0 text-phase-ink ${spins ? 'animate-spin' : ''}`}
      />
      <bdi data-tip={`${row.namespace}/${row.name}`} className="max-w-[55%] shrink-0 truncate font-medium">
        {row.name}
      </bdi>
      <bdi data-tip={why || undefined} className="min-w-0 flex-1 truncate text-xs text-muted">
        {why === '' ? STATE_WORDS[state] : `${STATE_WORDS[state]}: ${why}`}
      </bdi>
      {state === 'done' && row.kind === 'vm' && (
        <span className="shrink-0">
          <Now uid={row.uid} />
        </span>
      )}
    </span>
  )
}
