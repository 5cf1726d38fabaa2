'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { createSerializer, parseAsString, useQueryState } from 'nuqs'
import type { ReactNode } from 'react'
import { VIEW_PARAMS } from '../../lib/fleet/view-state.ts'

const PARAM = VIEW_PARAMS.search.param
const hrefOf = createSerializer({ [PARAM]: parseAsString })
const WALL = '/screens'

/** A link to the wall of screens, of what the current search finds. */
export function ScreensLink({ onGo, children }: { onGo?: () => void; children: ReactNode }) {
  const here = usePathname() === WALL
  const [search] = useQueryState(PARAM, parseAsString.withDefault(''))
  return (
    <Link
      href={hrefOf(WALL, { [PARAM]: search === '' ? null : search })}
      prefetch={false}
      aria-current={here ? 'page' : undefined}
      data-tip="The screens of what the search finds"
      className="nav-link"
      onClick={onGo}
    >
      {children}
    </Link>
  )
}
