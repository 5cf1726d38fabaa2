import { parseSearch, printSearch } from '../../lib/fleet/search.ts'
import type { Search } from '../../lib/fleet/search.ts'
import { tokenize } from '../../lib/fleet/search-tokens.ts'

/** What is being typed: terms that are done, shown as chips, and the text behind them. */
export interface SearchDraft {
  done: string
  text: string
}

/** The whole search of a draft, as it filters and as the URL keeps it. */
export function joinDraft({ done, text }: SearchDraft): string {
  return [done, text.trim()].filter((part) => part !== '').join(' ')
}

/** The draft of a search that nobody is typing: everything is done. */
export function settledDraft(search: string): SearchDraft {
  return { done: search.trim(), text: '' }
}

/** A field's term is done with the space behind it; free text goes on until Enter, so that it can be a phrase. */
export function typedDraft(done: string, text: string): SearchDraft {
  if (!/\s$/.test(text)) return { done, text }
  const tokens = tokenize(text)
  const last = tokens.at(-1)
  const complete = last !== undefined && last.end < text.length && last.name !== '' && last.values.length > 0
  return complete ? { done: joinDraft({ done, text }), text: '' } : { done, text }
}

/** Takes the last chip back into the text field, to be edited. */
export function reopenedDraft(done: string): SearchDraft {
  const { terms } = parseSearch(done)
  const rest: Search = { terms: terms.slice(0, -1) }
  return { done: printSearch(rest), text: printSearch({ terms: terms.slice(-1) }) }
}
