'use client'

import { Search, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { Facets } from '../../lib/fleet/summary-facets.ts'
import { Kbd } from '../ui/kbd.tsx'
import { SearchChips } from './search-chips.tsx'
import { LIST_ID, optionId, SuggestionList } from './suggestion-list.tsx'
import { useSearchBox } from './use-search-box.ts'

const typesText = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** The search: terms as chips, the rest as text, and suggestions from what the fleet has. `/` goes to it. */
export function SearchBox({
  search,
  facets,
  onSearch,
}: {
  search: string
  /** Asked only when there is something to suggest. */
  facets: () => Facets
  onSearch: (search: string) => void
}) {
  const box = useSearchBox(search, facets, onSearch)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const onSlash = (event: globalThis.KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typesText(event.target))
        return
      event.preventDefault()
      input.current?.focus()
    }
    document.addEventListener('keydown', onSlash)
    return () => document.removeEventListener('keydown', onSlash)
  }, [])
  const open = box.options.length > 0
  return (
    <search className="relative min-w-0 flex-1">
      <div className="flex min-h-8 items-center gap-1.5 rounded-lg border border-line bg-panel px-2.5 focus-within:border-accent focus-within:shadow-[0_0_0_1px_var(--accent)] max-tablet:min-h-11">
        <Search aria-hidden size={14} strokeWidth={1.75} className="shrink-0 text-faint" />
        <div className="scroll-x-quiet flex min-w-0 flex-1 items-center gap-1.5 overflow-x-auto py-[3px]">
          <SearchChips done={box.draft.done} onChange={box.onDone} />
          <input
            ref={input}
            type="text"
            role="combobox"
            aria-label="Search VMs"
            aria-expanded={open}
            aria-controls={LIST_ID}
            aria-autocomplete="list"
            aria-activedescendant={open && box.marked >= 0 ? optionId(box.marked) : undefined}
            aria-keyshortcuts="/"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            placeholder={box.draft.done === '' ? 'Search, or phase:failed -ns:dev' : 'type to filter'}
            className="h-6 min-w-24 flex-1 bg-transparent text-sm outline-none placeholder:text-faint max-tablet:text-[16px]"
            value={box.draft.text}
            onChange={({ target }) => box.onType(target.value, target.selectionStart ?? target.value.length)}
            onKeyDown={box.onKeyDown}
            onBlur={box.onLeave}
          />
        </div>
        {search === '' ? (
          <span className="max-tablet:hidden">
            <Kbd>/</Kbd>
          </span>
        ) : (
          <button
            type="button"
            aria-label="Clear"
            data-tip="Clear the search"
            className="grid size-6 shrink-0 place-items-center rounded-md text-faint hover:bg-hover hover:text-text"
            onClick={() => onSearch('')}
          >
            <X aria-hidden size={14} strokeWidth={1.75} />
          </button>
        )}
      </div>
      {open && <SuggestionList options={box.options} marked={box.marked} onPick={box.onPick} />}
    </search>
  )
}
