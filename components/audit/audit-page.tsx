'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { trailCsv } from '../../lib/fleet/trail/csv.ts'
import type { TrailEntry } from '../../lib/fleet/trail/entry.ts'
import { fitsTrail, trailChoices } from '../../lib/fleet/trail/filter.ts'
import { useServerNow } from '../../lib/live/fleet-hooks.ts'
import { Button } from '../ui/button.tsx'
import { saveFile } from '../ui/save-file.ts'
import { AuditFilters } from './audit-filters.tsx'
import { AuditList } from './audit-list.tsx'
import { AuditSkeleton, NothingFits, NothingYet, NotReadable, Remembering } from './audit-notices.tsx'
import { auditQuery } from './audit-query.ts'
import { useAuditView } from './audit-view.ts'
import { countWords } from './audit-words.ts'
import './audit.css'
import { queryClient } from '../ui/query-client.ts'

const NONE: readonly TrailEntry[] = []

const download = (entries: readonly TrailEntry[]) =>
  saveFile(
    `audit-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.csv`,
    trailCsv(entries),
    'text/csv',
  )

/** Who did what through the dashboard, as far as the cluster remembers and this person may read Events. */
export function AuditPage() {
  const [view, change] = useAuditView()
  const { data, error, isFetching, isPending, refetch, fetchNextPage, hasNextPage } = useInfiniteQuery(
    auditQuery,
    queryClient(),
  )
  const entries = useMemo(() => data?.pages.flatMap((page) => page.entries) ?? NONE, [data])
  const choices = useMemo(() => trailChoices(entries), [entries])
  const first = data?.pages[0]
  // What was read is as old as its reading: the spans are counted from there until the clock is known.
  const now = Math.max(useServerNow(10_000), Date.parse(first?.asOf ?? '') || 0)
  const shown = useMemo(() => entries.filter((entry) => fitsTrail(entry, view, now)), [entries, view, now])
  const namespaces = first?.namespaces ?? null
  const onRead = () => void refetch()
  return (
    <div className="flex h-full min-h-0 flex-col px-[22px] pt-3.5 max-tablet:px-3.5">
      <header className="flex flex-wrap items-baseline gap-x-2.5 pb-2.5">
        <h1 className="text-lg font-bold">Audit</h1>
        <output className="text-sm text-muted">
          {data !== undefined && countWords(shown.length, entries.length)}
          {namespaces !== null && ` in ${namespaces.join(', ')}`}
        </output>
      </header>
      <AuditFilters
        view={view}
        change={change}
        choices={choices}
        reading={isFetching}
        onRead={onRead}
        onDownload={shown.length === 0 ? null : () => download(shown)}
      />
      {/* The keyboard scrolls it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section aria-label="Entries" tabIndex={0} className="audit">
        {isPending && error === null && <AuditSkeleton />}
        {error !== null && <NotReadable error={error} onRead={onRead} />}
        {error === null && data !== undefined && (
          <>
            {shown.length > 0 && <AuditList entries={shown} />}
            {entries.length === 0 && <NothingYet />}
            {entries.length > 0 && shown.length === 0 && <NothingFits onClear={() => change(null)} />}
            {hasNextPage && (
              <Button className="my-3" disabled={isFetching} onClick={() => void fetchNextPage()}>
                Read older ones
              </Button>
            )}
            {first?.more === true && (
              <p className="py-2 text-xs text-muted">
                The cluster has more than were read: filter by namespace, or look into the log.
              </p>
            )}
            {entries.length > 0 && <Remembering />}
          </>
        )}
      </section>
    </div>
  )
}
