'use client'

import { elapsed, formatAge, formatDuration, formatMoment } from '../../lib/fleet/duration.ts'
import type { OperationKind, Usual } from '../../lib/fleet/operations/operation.ts'
import { isSlow, usualWords } from '../../lib/fleet/operations/progress-words.ts'
import type { VmPhase } from '../../lib/fleet/vm.ts'
import { useServerNow, useUsual } from '../../lib/live/fleet-hooks.ts'
import { PHASE_LOOKS } from './phase-looks.ts'

/** Icon, word, and the time in the phase where it is known. The one way in which a phase is shown. */
export function PhaseChip({
  phase,
  since,
  word,
  kind = null,
}: {
  phase: VmPhase
  /** ISO 8601; null when nobody knows. */
  since: string | null
  /** The kind of operation that the phase is a part of, for its usual time; null where it is no wait. */
  kind?: OperationKind | null
  /** The cluster's own word, where it is not a VM's phase. */
  word?: string
}) {
  const look = PHASE_LOOKS[phase]
  const { Icon, moving } = look
  const meaning = word === undefined ? look.meaning : ''
  const exact = since === null ? '' : `Since ${formatMoment(since)}`
  const usual = useUsual(kind)
  const times = usual === undefined ? '' : `${usualWords(usual)} (of ${usual.count} in this fleet)`
  const tip = [meaning, exact, times].filter((line) => line !== '').join('\n')
  return (
    <span className="chip" data-phase={phase} data-tip={tip || undefined}>
      <Icon aria-hidden size={13} strokeWidth={1.9} className="shrink-0" />
      <span className="truncate font-bold">{word ?? look.word}</span>
      {since !== null && since !== '' && <PhaseTime since={since} moving={moving} usual={usual} />}
    </span>
  )
}

/** Waits tick every second, ages every ten: fewer renders, and nothing on a calm page moves. */
function PhaseTime({ since, moving, usual }: { since: string; moving: boolean; usual: Usual | undefined }) {
  const now = useServerNow(moving ? 1_000 : 10_000)
  if (now === 0) return null
  // What is far beyond its time is no part of it.
  const part = usual !== undefined && !isSlow(usual, elapsed(since, now))
  return (
    <span className="tabular-nums">
      {formatAge(since, now)}
      {part && <span className="phase-whole">{` of ~${formatDuration(usual.median)}`}</span>}
    </span>
  )
}
