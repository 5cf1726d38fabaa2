import { CircleCheck, CircleQuestionMark, LoaderCircle } from 'lucide-react'
import { formatCount } from '../ui/format-count.ts'
import type { Rehearsal } from './use-trials.ts'

/** What came of letting the cluster try it, or how far that is. */
export function RehearsalLine({
  rehearsal: { of, trials },
  trying,
  why,
  tried,
  onGiveUp,
}: {
  rehearsal: Rehearsal
  trying: boolean
  /** Why it broke off; '' when it did not. */
  why: string
  /** How many of those that are asked for the cluster would do. */
  tried: number
  onGiveUp: () => void
}) {
  const all = formatCount(of)
  const refused = [...trials.values()].filter(({ problem }) => problem !== null).length
  if (trying) {
    return (
      <p className="flex items-center gap-2 text-xs text-muted tabular-nums">
        <LoaderCircle aria-hidden size={13} strokeWidth={1.9} className="shrink-0 animate-spin" />
        <output>
          The cluster tries it without effect: {formatCount(trials.size)} of {all}
        </output>
        <button
          type="button"
          className="ml-auto shrink-0 rounded-sm underline underline-offset-2"
          onClick={onGiveUp}
        >
          Don’t wait
        </button>
      </p>
    )
  }
  const whole = why === '' && trials.size >= of && refused === 0
  const Icon = whole ? CircleCheck : CircleQuestionMark
  const untold = of - trials.size
  const parts = [
    tried > 0 ? `The cluster tried ${formatCount(tried)} without effect and would do them` : '',
    refused > 0 ? `it refused ${formatCount(refused)}` : '',
    untold > 0 ? `${formatCount(untold)} could not be tried${why === '' ? '' : ` (${why})`}` : '',
  ].filter((part) => part !== '')
  return (
    <p data-phase={whole ? 'ready' : 'unreachable'} className="flex gap-2 text-xs text-muted tabular-nums">
      <Icon aria-hidden size={13} strokeWidth={1.9} className="mt-px shrink-0 text-phase-ink" />
      <output>
        <bdi>{parts.join('; ')}.</bdi>
      </output>
    </p>
  )
}
