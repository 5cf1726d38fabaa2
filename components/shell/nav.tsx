'use client'

import { Box, LayoutList, Monitor } from 'lucide-react'
import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { termText } from '../../lib/fleet/search-edit.ts'
import { useConnection, useFleetIndex, useServerNow } from '../../lib/live/fleet-hooks.ts'
import { formatCount } from '../ui/format-count.ts'
import { vmsAreKnown } from './connection-words.ts'
import { AuditLink } from './audit-link.tsx'
import { ScreensLink } from './screens-link.tsx'
import { ViewLink } from './view-link.tsx'
import { countFleet, VIEWS } from './views.ts'

/** Namespaces beyond these are found by search. */
const MOST_NAMESPACES = 8

/** The ways through the fleet: all of it, what people ask for all day, `children` as more items, and its namespaces. */
export function Nav({ onGo, children }: { onGo?: () => void; children?: ReactNode }) {
  const { vms, loaded } = useFleetIndex()
  const known = vmsAreKnown(loaded, useConnection().freshness)
  // The counts follow every two seconds, not every change: ten thousand rows are counted for them.
  const now = useServerNow(2_000)
  const { views, namespaces, screens } = useMemo(() => countFleet(vms, now), [vms, now])
  return (
    <nav aria-label="Fleet" className="flex flex-col gap-3.5">
      <ul className="space-y-0.5">
        <li>
          <ViewLink search="" tip="The whole fleet" onGo={onGo}>
            <LayoutList aria-hidden size={15} strokeWidth={1.75} className="shrink-0" />
            <span className="rail-hide">Fleet</span>
            {known && <span className="nav-count rail-hide">{formatCount(vms.size)}</span>}
          </ViewLink>
        </li>
        <li>
          <ScreensLink onGo={onGo}>
            <Monitor aria-hidden size={15} strokeWidth={1.75} className="shrink-0" />
            <span className="rail-hide">Screens</span>
            {known && <span className="nav-count rail-hide">{formatCount(screens)}</span>}
          </ScreensLink>
        </li>
        {VIEWS.map(({ label, Icon, search }, place) => (
          <li key={label}>
            <ViewLink search={search} tip={`${label}: ${search}`} onGo={onGo}>
              <Icon aria-hidden size={15} strokeWidth={1.75} className="shrink-0" />
              <span className="rail-hide">{label}</span>
              {known && <span className="nav-count rail-hide">{formatCount(views[place] ?? 0)}</span>}
            </ViewLink>
          </li>
        ))}
        {children}
        <li>
          <AuditLink onGo={onGo} />
        </li>
      </ul>
      {namespaces.length > 0 && (
        <section className="rail-hide">
          <h2 className="mb-1 px-2.5 text-2xs text-faint">Namespaces</h2>
          <ul className="space-y-0.5">
            {namespaces.slice(0, MOST_NAMESPACES).map(({ namespace, count }) => (
              <li key={namespace}>
                <ViewLink search={termText('ns', namespace)} onGo={onGo}>
                  <Box aria-hidden size={14} strokeWidth={1.75} className="shrink-0 text-faint" />
                  <bdi data-tip-cut className="truncate">
                    {namespace}
                  </bdi>
                  <span className="nav-count">{formatCount(count)}</span>
                </ViewLink>
              </li>
            ))}
          </ul>
          {namespaces.length > MOST_NAMESPACES && (
            <p className="px-2.5 pt-1 text-2xs text-faint">
              {namespaces.length - MOST_NAMESPACES} more: search for ns:
            </p>
          )}
        </section>
      )}
    </nav>
  )
}
