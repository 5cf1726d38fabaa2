'use client'

import { createSerializer, parseAsString, useQueryState } from 'nuqs'
import type { MouseEvent, ReactNode } from 'react'
import { VIEW_PARAMS } from '../../lib/fleet/view-state.ts'

const PARAM = VIEW_PARAMS.search.param
const hrefOf = createSerializer({ [PARAM]: parseAsString })

/** The search of the page, as it stands in the URL. */
export function useSearch(): readonly [string, (search: string) => void] {
  const [search, setSearch] = useQueryState(PARAM, parseAsString.withDefault(''))
  return [search, (next) => void setSearch(next === '' ? null : next, { history: 'push' })]
}

/**
 * A link to the fleet with a search. A plain click changes the search in place, which needs no server and so
 * works while it cannot be reached; everything else (a new tab, copying) is the browser's.
 */
export function ViewLink({
  search,
  tip,
  onGo,
  children,
}: {
  search: string
  tip?: string
  onGo?: () => void
  children: ReactNode
}) {
  const [current, setSearch] = useSearch()
  const onClick = (event: MouseEvent) => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    setSearch(search)
    onGo?.()
  }
  return (
    <a
      href={hrefOf('/', { [PARAM]: search === '' ? null : search })}
      aria-current={current === search ? 'page' : undefined}
      data-tip={tip}
      className="nav-link"
      onClick={onClick}
    >
      {children}
    </a>
  )
}
