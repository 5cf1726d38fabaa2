'use client'

import { formatAge, formatMoment } from '../../lib/fleet/duration.ts'
import type { VmPhase } from '../../lib/fleet/vm.ts'
import { useServerNow } from '../../lib/live/fleet-hooks.ts'
import { PHASE_LOOKS } from './phase-looks.ts'

/** Icon, word, and the time in the phase where it is known. The one way in which a phase is shown. */
export function PhaseChip({
  phase,
  since,
  extra,
}: {
  phase: VmPhase
  /** ISO 8601; null when nobody knows. */
  since: string | null
  /** Said instead of the time, for example "3 of 5". */
  extra?: string
}) {
  const { word, Icon, meaning, moving } = PHASE_LOOKS[phase]
  const exact = since === null ? '' : `\nSince ${formatMoment(since)}`
  return (
    <span className="chip" data-phase={phase} data-tip={`${meaning}${exact}`}>
      <Icon aria-hidden size={13} strokeWidth={1.9} className="shrink-0" />
      <span className="font-bold">{word}</span>
      {extra !== undefined && <span className="truncate">{extra}</span>}
      {extra === undefined && since !== null && <PhaseTime since={since} moving={moving} />}
    </span>
  )
}

/** Waits tick every second, ages every ten: fewer renders, and nothing on a calm page moves. */
function PhaseTime({ since, moving }: { since: string; moving: boolean }) {
  const now = useServerNow(moving ? 1_000 : 10_000)
  return now === 0 ? null : <span className="tabular-nums">{formatAge(since, now)}</span>
}
