'use client'

import { trailCsv } from '../../lib/fleet/trail/csv.ts'
import type { TrailEntry } from '../../lib/fleet/trail/entry.ts'
import { Button } from '../ui/button.tsx'
import { saveFile } from '../ui/save-file.ts'
import { AuditFilters } from './audit-filters.tsx'
import { AuditList } from './audit-list.tsx'
import { AuditSkeleton, NothingFits, NothingYet, NotReadable, Remembering } from './audit-notices.tsx'
import { useAuditView } from './audit-view.ts'
import { countWords } from './audit-words.ts'
import { useTrail } from './use-trail.ts'
import './audit.css'

const download = (entries: readonly TrailEntry[]) =>
  saveFile(
    `audit-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.csv`,
    trailCsv(entries),
    'text/csv',
  )

/** Who did what through the dashboard, as far as the cluster remembers and this person may read Events. */
export function AuditPage() {
  const [view, change] = useAuditView()
  const { first, shown, choices, count, error, reading, hasOlder, readAgain, readOlder } = useTrail(view)
  const namespaces = first?.namespaces ?? null
  const isEmpty = count.read === 0 && view.namespace === ''
  return (
    <div className="flex h-full min-h-0 flex-col px-[22px] pt-3.5 max-tablet:px-3.5">
      <header className="flex flex-wrap items-baseline gap-x-2.5 pb-2.5">
        <h1 className="text-lg font-bold">Audit</h1>
        <output className="text-sm text-muted">
          {first !== undefined && countWords(count)}
          {namespaces !== null && ` in ${namespaces.join(', ')}`}
        </output>
      </header>
      <AuditFilters
        view={view}
        change={change}
        choices={choices}
        reading={reading}
        onRead={readAgain}
        onDownload={shown.length === 0 ? null : () => download(shown)}
      />
      {/* The keyboard scrolls it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section aria-label="Entries" tabIndex={0} className="audit">
        {first === undefined && error === null && <AuditSkeleton />}
        {error !== null && <NotReadable error={error} onRead={readAgain} />}
        {error === null && first !== undefined && (
          <>
            {shown.length > 0 && <AuditList entries={shown} />}
            {isEmpty && <NothingYet />}
            {!isEmpty &&
              shown.length === 0 &&
              (reading ? <AuditSkeleton /> : <NothingFits onClear={() => change(null)} />)}
            {hasOlder && (
              <Button className="my-3" disabled={reading} onClick={readOlder}>
                Read older ones
              </Button>
            )}
            {first.more && (
              <p className="py-2 text-xs text-muted">
                The cluster has more Events than were read: look at one namespace, or into the log.
              </p>
            )}
            {count.read > 0 && <Remembering />}
          </>
        )}
      </section>
    </div>
  )
}
