'use client'

import { usePathname } from 'next/navigation'
import { createSerializer, parseAsString, useQueryState } from 'nuqs'
import type { MouseEvent, ReactNode } from 'react'
import { VIEW_PARAMS } from '../../lib/fleet/view-state.ts'

const PARAM = VIEW_PARAMS.search.param
const hrefOf = createSerializer({ [PARAM]: parseAsString })

/** The page that searches are about. */
const FLEET = '/'

/**
 * A link to the fleet with a search. On the fleet's page a plain click changes the search in place, which needs
 * no server and so works while it cannot be reached; everything else (a new tab, copying) is the browser's.
 */
export function ViewLink({
  search,
  tip,
  className = 'nav-link',
  onGo,
  children,
}: {
  search: string
  tip?: string
  className?: string
  onGo?: () => void
  children: ReactNode
}) {
  const here = usePathname() === FLEET
  const [current, setSearch] = useQueryState(PARAM, parseAsString.withDefault(''))
  const onClick = (event: MouseEvent) => {
    onGo?.()
    const special = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
    if (!here || special || event.button !== 0) return
    event.preventDefault()
    void setSearch(search === '' ? null : search, { history: 'push' })
  }
  return (
    <a
      href={hrefOf(FLEET, { [PARAM]: search === '' ? null : search })}
      aria-current={here && current === search ? 'page' : undefined}
      data-tip={tip}
      className={className}
      onClick={onClick}
    >
      {children}
    </a>
  )
}
