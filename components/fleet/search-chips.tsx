'use client'

import { X } from 'lucide-react'
import { negateTerm, withoutTerm } from '../../lib/fleet/search-edit.ts'
import { parseSearch, printSearch, printTerm } from '../../lib/fleet/search.ts'
import type { SearchTerm } from '../../lib/fleet/search.ts'

function chipClass(term: SearchTerm): string {
  const ground = term.problem === '' ? 'bg-accent-wash text-accent-ink' : 'chip-problem'
  return `inline-flex h-6 max-w-60 shrink-0 items-center rounded-md font-mono text-xs max-tablet:h-8 ${ground}`
}

/** The terms of a search that are done. A click on one turns it around, its cross takes it out. */
export function SearchChips({ done, onChange }: { done: string; onChange: (done: string) => void }) {
  const search = parseSearch(done)
  return search.terms.map((term, place) => {
    const text = printTerm(term)
    const turn = term.negated ? 'Click to ask for it instead' : 'Click to leave it out instead'
    return (
      // Terms have no identity but their place, and a term at another place is another chip.
      // oxlint-disable-next-line react/no-array-index-key
      <span key={`${place} ${text}`} data-phase="unreachable" className={chipClass(term)}>
        <button
          type="button"
          data-tip={term.problem || turn}
          aria-label={`${text}. ${term.problem || turn}`}
          className="h-full min-w-0 truncate rounded-l-md pr-0.5 pl-1.5"
          onClick={() => onChange(printSearch(negateTerm(search, place)))}
        >
          <bdi>{text}</bdi>
        </button>
        <button
          type="button"
          aria-label={`Remove ${text}`}
          className="grid h-full w-6 place-items-center rounded-r-md opacity-70 hover:opacity-100"
          onClick={() => onChange(printSearch(withoutTerm(search, place)))}
        >
          <X aria-hidden size={11} strokeWidth={2.25} />
        </button>
      </span>
    )
  })
}
