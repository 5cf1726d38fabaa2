'use client'

import { useState } from 'react'
import type { KeyboardEvent } from 'react'
import { suggest } from '../../lib/fleet/search-suggest.ts'
import type { Suggestion, Suggestions } from '../../lib/fleet/search-suggest.ts'
import type { Facets } from '../../lib/fleet/summary-facets.ts'
import { activeRow } from './grid-roles.ts'
import { joinDraft, reopenedDraft, settledDraft, typedDraft } from './search-draft.ts'
import type { SearchDraft } from './search-draft.ts'

const NONE: Suggestions = { from: 0, to: 0, options: [] }

interface SearchBox {
  draft: SearchDraft
  options: readonly Suggestion[]
  /** The suggestion that Enter takes; -1 for none. */
  marked: number
  onType: (text: string, caret: number) => void
  onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void
  onLeave: () => void
  onPick: (suggestion: Suggestion) => void
  onDone: (done: string) => void
}

/**
 * The behaviour of the search field. The URL's search is the truth and filters while one types; the draft only
 * says which part of it is still text. A search that changes elsewhere (a tile) settles the draft.
 */
export function useSearchBox(
  search: string,
  facets: () => Facets,
  onSearch: (search: string) => void,
): SearchBox {
  const [typing, setTyping] = useState<SearchDraft | null>(null)
  const [open, setOpen] = useState<Suggestions>(NONE)
  const [marked, setMarked] = useState(-1)
  const draft = typing !== null && joinDraft(typing) === search.trim() ? typing : settledDraft(search)

  const close = () => {
    setOpen(NONE)
    setMarked(-1)
  }
  const apply = (next: SearchDraft, caret = next.text.length) => {
    setTyping(next)
    onSearch(joinDraft(next))
    setMarked(-1)
    setOpen(next.text === '' ? NONE : suggest(next.text, caret, facets()))
  }
  const settle = () => {
    setTyping(null)
    close()
  }
  const pick = ({ insert }: Suggestion) => {
    const text = draft.text.slice(0, open.from) + insert + draft.text.slice(open.to)
    apply(typedDraft(draft.done, text))
  }
  const step = (by: number) => {
    const shown = open.options.length > 0 ? open : suggest(draft.text, draft.text.length, facets())
    setOpen(shown)
    const { length } = shown.options
    setMarked((before) =>
      length === 0 ? -1 : (before + by + (before < 0 && by < 0 ? 1 : 0) + length) % length,
    )
  }
  const keys: Record<string, (event: KeyboardEvent<HTMLInputElement>) => boolean> = {
    ArrowDown: () => (step(1), true),
    ArrowUp: () => (step(-1), true),
    Enter: () => {
      const suggestion = open.options[marked]
      if (suggestion === undefined) settle()
      else pick(suggestion)
      return true
    },
    Escape: ({ currentTarget }) => {
      if (open.options.length > 0) close()
      else (activeRow() ?? currentTarget).focus()
      return true
    },
    Backspace: () => {
      if (draft.text !== '' || draft.done === '') return false
      apply(reopenedDraft(draft.done))
      return true
    },
  }
  return {
    draft,
    options: open.options,
    marked,
    onType: (text, caret) => apply(typedDraft(draft.done, text), caret),
    onKeyDown: (event) => {
      if (keys[event.key]?.(event) === true) event.preventDefault()
    },
    onLeave: settle,
    onPick: pick,
    onDone: (done) => apply({ done, text: draft.text }),
  }
}
