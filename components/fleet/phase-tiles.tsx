'use client'

import { NONE } from '../../lib/fleet/duration.ts'
import { hasTerm, toggleTerm } from '../../lib/fleet/search-edit.ts'
import { parseSearch, printSearch } from '../../lib/fleet/search.ts'
import { phaseTiles } from '../../lib/fleet/summary.ts'
import type { PhaseCounts } from '../../lib/fleet/summary.ts'
import { formatCount } from '../ui/format-count.ts'
import { PHASE_LOOKS } from '../vm/phase-looks.ts'
import { PhaseBar } from './marks.tsx'

/** How many VMs are in each phase, of the whole fleet; a click filters by it, another one stops that. */
export function PhaseTiles({
  counts,
  known,
  search,
  onSearch,
}: {
  counts: PhaseCounts
  /** Whether the counts mean anything. */
  known: boolean
  search: string
  onSearch: (search: string) => void
}) {
  const parsed = parseSearch(search)
  return (
    <div className="flex flex-col gap-2.5">
      <ul
        aria-label="VMs by phase"
        className="scroll-x-quiet -m-1 flex gap-2 overflow-x-auto p-1 max-tablet:-mx-3.5 max-tablet:px-3.5"
      >
        {phaseTiles(counts).map(({ phase, count }) => {
          const { word, Icon, meaning } = PHASE_LOOKS[phase]
          return (
            <li key={phase} className="min-w-[118px] max-tablet:min-w-[112px] flex-1">
              <button
                type="button"
                data-phase={phase}
                data-tip={meaning}
                aria-pressed={hasTerm(parsed, 'phase', phase)}
                className="surface w-full px-3 py-2 text-left transition-colors duration-100 hover:border-line-strong hover:bg-hover aria-pressed:border-phase-ink aria-pressed:shadow-[inset_0_0_0_1px_var(--phase-ink)]"
                onClick={() => onSearch(printSearch(toggleTerm(parsed, 'phase', phase)))}
              >
                <span className="flex items-center gap-1.5 text-xs text-muted">
                  <Icon
                    aria-hidden
                    size={13}
                    strokeWidth={1.75}
                    className={`shrink-0 ${count > 0 ? 'text-phase-ink' : ''}`}
                  />
                  {word}
                </span>
                <span className={`block text-xl leading-7 font-bold ${count === 0 ? 'text-faint' : ''}`}>
                  {known ? formatCount(count) : NONE}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
      <PhaseBar counts={counts} className="h-[7px] rounded-[3px]" />
    </div>
  )
}
