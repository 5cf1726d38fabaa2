import type { Suggestion } from '../../lib/fleet/search-suggest.ts'

export const LIST_ID = 'search-suggestions'

export const optionId = (place: number) => `${LIST_ID}-${place}`

const option = (place: number, marked: boolean) =>
  ({ role: 'option', id: optionId(place), 'aria-selected': marked }) as const

const list = () => ({ role: 'listbox', id: LIST_ID, 'aria-label': 'Suggestions' }) as const

/** What could be meant, below the search. The text field keeps the focus. */
export function SuggestionList({
  options,
  marked,
  onPick,
}: {
  options: readonly Suggestion[]
  marked: number
  onPick: (suggestion: Suggestion) => void
}) {
  // Where all are values of one field, its name beside each would say nothing.
  const telling = options.some(({ detail }) => detail !== options[0]?.detail)
  return (
    <div
      {...list()}
      className="popup absolute top-full right-0 left-0 z-40 mt-1.5 max-h-80 min-w-72 overflow-y-auto p-1"
      // The field would lose the focus before the click arrives.
      onPointerDown={(event) => event.preventDefault()}
    >
      {options.map((suggestion, place) => (
        <div
          key={`${suggestion.insert} ${suggestion.detail}`}
          {...option(place, place === marked)}
          {...{ onClick: () => onPick(suggestion) }}
          className="flex h-8 cursor-default items-center gap-3 rounded-md px-2.5 hover:bg-hover aria-selected:bg-hover max-tablet:h-11"
        >
          <bdi className="truncate font-mono text-xs">{suggestion.label}</bdi>
          <span className="ml-auto shrink-0 text-xs text-faint">{telling && suggestion.detail}</span>
          {suggestion.count !== null && (
            <span className="w-9 shrink-0 text-right text-xs text-muted">{suggestion.count}</span>
          )}
        </div>
      ))}
    </div>
  )
}
