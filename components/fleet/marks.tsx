import type { Mark } from '../../lib/fleet/arrange-types.ts'
import { phaseBar } from '../../lib/fleet/summary.ts'
import type { PhaseCounts } from '../../lib/fleet/summary.ts'
import { picture } from '../ui/picture.ts'
import { PHASE_LOOKS } from '../vm/phase-looks.ts'

/** "5 ready, 1 failed" */
function countsInWords(counts: PhaseCounts): string {
  return phaseBar(counts)
    .map(({ phase, count }) => `${count} ${PHASE_LOOKS[phase].word.toLowerCase()}`)
    .join(', ')
}

/** One small mark per VM, agents as bars and toolboxes as dots; a bar of shares when they are too many. */
export function Marks({ marks, counts }: { marks: readonly Mark[]; counts: PhaseCounts }) {
  const words = countsInWords(counts)
  if (words === '') return null
  if (marks.length === 0) {
    return (
      <span {...picture(words)} className="flex w-40 max-w-full items-center">
        <PhaseBar counts={counts} className="h-[7px] w-full" />
      </span>
    )
  }
  return (
    <span {...picture(words)} className="marks">
      {marks.map(({ uid, phase, shape }) => (
        <i key={uid} data-phase={phase} data-shape={shape} />
      ))}
    </span>
  )
}

/** The shares of the phases. Decoration: whoever uses it says the counts in words. */
export function PhaseBar({ counts, className }: { counts: PhaseCounts; className: string }) {
  return (
    <span aria-hidden className={`phase-bar ${className}`}>
      {phaseBar(counts).map(({ phase, count }) => (
        <i key={phase} data-phase={phase} style={{ flexGrow: count }} />
      ))}
    </span>
  )
}
