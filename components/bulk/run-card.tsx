'use client'

import { ClipboardCopy, Download, X } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { Outcome, OutcomeState } from '../../lib/fleet/bulk/run.ts'
import { tallyOf } from '../../lib/fleet/bulk/run.ts'
import type { BulkRun } from '../../lib/fleet/bulk/run.ts'
import {
  askedCount,
  doingWords,
  reportCsv,
  reportText,
  runTitle,
  summaryWords,
} from '../../lib/fleet/bulk/report.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { formatCount } from '../ui/format-count.ts'
import { saveFile } from '../ui/save-file.ts'
import { MemberList } from './member-list.tsx'
import { OutcomeRow } from './outcome-row.tsx'
import { RetryButtons } from './retry-buttons.tsx'
import { stopRun } from './run-engine.ts'
import { showRun } from './runs-store.ts'

/** What needs somebody comes first, what nobody need look at last. */
const RANK: Record<OutcomeState, number> = {
  unknown: 0,
  refused: 1,
  started: 2,
  waiting: 3,
  done: 4,
  stopped: 5,
  skipped: 6,
}

const inRank = (outcomes: readonly Outcome[]) => outcomes.toSorted((a, b) => RANK[a.state] - RANK[b.state])

const download = (run: BulkRun) =>
  saveFile(
    `${run.action}-${new Date(run.startedAt).toISOString().replaceAll(':', '-')}.csv`,
    reportCsv(run),
    'text/csv',
  )

/** A bar of three colours, which the browser's own has not. */
const progressOf = (now: number, most: number) =>
  ({
    role: 'progressbar',
    'aria-label': 'Settled',
    'aria-valuemin': 0,
    'aria-valuemax': most,
    'aria-valuenow': now,
  }) as const

function Bar({ run }: { run: BulkRun }) {
  const { done, refused, unknown, stopped } = tallyOf(run)
  const total = askedCount(run)
  const share = (count: number) => ({ width: `${(100 * count) / Math.max(1, total)}%` })
  return (
    <div {...progressOf(done + refused + unknown + stopped, total)} className="run-bar">
      <i style={share(done)} />
      <i data-phase="failed" style={share(refused)} />
      <i data-phase="unreachable" style={share(unknown)} />
    </div>
  )
}

function CopyReport({ run }: { run: BulkRun }) {
  const [said, setSaid] = useState('')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(reportText(run))
      setSaid('Copied')
    } catch {
      setSaid('The browser refused to copy')
    }
    setTimeout(() => setSaid(''), 1_600)
  }
  return (
    <Button look="quiet" onClick={() => void copy()}>
      <ClipboardCopy aria-hidden size={14} strokeWidth={1.75} />
      <output>{said || 'Copy'}</output>
    </Button>
  )
}

/** How far a bulk action is and what became of each target. Closing it ends nothing. */
export function RunCard({ run }: { run: BulkRun }) {
  const outcomes = useMemo(() => inRank(run.outcomes), [run.outcomes])
  const { done, refused, unknown, stopped } = tallyOf(run)
  const running = run.endedAt === null
  const total = formatCount(askedCount(run))
  const failed = refused + unknown
  return (
    <section aria-label={running ? doingWords(run) : runTitle(run)} className="run-card">
      <header className="flex items-center gap-2 py-2 pr-2 pl-4">
        <h2 className="min-w-0 flex-1 truncate text-[15px] font-bold">
          {running ? doingWords(run) : runTitle(run)}
        </h2>
        {running && (
          <span className="shrink-0 text-xs text-muted tabular-nums">
            {formatCount(done + failed)} of {total}
          </span>
        )}
        {running && (
          <Button
            aria-disabled={run.stopping}
            className="aria-disabled:opacity-50"
            onClick={() => {
              if (!run.stopping) void stopRun(run.id)
            }}
          >
            {run.stopping ? 'Stopping…' : 'Cancel the rest'}
          </Button>
        )}
        <IconButton label="Hide: it goes on, and Activity shows it again" onClick={() => showRun(null)}>
          <X aria-hidden size={15} strokeWidth={1.9} />
        </IconButton>
      </header>
      <Bar run={run} />
      <output className="block px-4 pt-2 text-xs text-muted tabular-nums empty:hidden">
        {running ? '' : `${summaryWords(run)}.`}
      </output>
      <div className="px-4 py-1">
        <MemberList label="Targets" members={outcomes} height={36} most={6} keyOf={({ row }) => row.uid}>
          {(outcome) => <OutcomeRow outcome={outcome} />}
        </MemberList>
      </div>
      {!running && (
        <footer className="flex flex-wrap items-center gap-1 border-t border-line px-2.5 py-2">
          {failed + stopped > 0 && <RetryButtons run={run} />}
          <span className="flex-1" />
          <CopyReport run={run} />
          <Button look="quiet" onClick={() => download(run)}>
            <Download aria-hidden size={14} strokeWidth={1.75} />
            CSV
          </Button>
        </footer>
      )}
    </section>
  )
}
