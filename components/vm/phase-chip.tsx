'use client'

import { formatAge, formatMoment } from '../../lib/fleet/duration.ts'
import type { VmPhase } from '../../lib/fleet/vm.ts'
import { useServerNow } from '../../lib/live/fleet-hooks.ts'
import { PHASE_LOOKS } from './phase-looks.ts'

/** Icon, word, and the time in the phase where it is known. The one way in which a phase is shown. */
export function PhaseChip({
  phase,
  since,
  word,
}: {
  phase: VmPhase
  /** ISO 8601; null when nobody knows. */
  since: string | null
  /** The cluster's own word, where it is not a VM's phase. */
  word?: string
}) {
  const look = PHASE_LOOKS[phase]
  const { Icon, moving } = look
  const meaning = word === undefined ? look.meaning : ''
  const exact = since === null ? '' : `Since ${formatMoment(since)}`
  const tip = [meaning, exact].filter((line) => line !== '').join('\n')
  return (
    <span className="chip" data-phase={phase} data-tip={tip || undefined}>
      <Icon aria-hidden size={13} strokeWidth={1.9} className="shrink-0" />
      <span className="truncate font-bold">{word ?? look.word}</span>
      {since !== null && since !== '' && <PhaseTime since={since} moving={moving} />}
    </span>
  )
}

/** Waits tick every second, ages every ten: fewer renders, and nothing on a calm page moves. */
function PhaseTime({ since, moving }: { since: string; moving: boolean }) {
  const now = useServerNow(moving ? 1_000 : 10_000)
  return now === 0 ? null : <span className="tabular-nums">{formatAge(since, now)}</span>
}
