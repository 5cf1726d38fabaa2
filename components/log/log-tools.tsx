'use client'

import { ChevronDown, ChevronUp, Download, RotateCw, Search, WrapText } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { LOG_TAILS } from '../../lib/fleet/log/vm-log.ts'
import { formatCount } from '../ui/format-count.ts'
import { Button, IconButton } from '../ui/button.tsx'
import type { LogViewState } from './log-view-state.ts'

interface LogToolsProps {
  view: LogViewState
  change: (change: Partial<LogViewState>) => void
  /** Of what is looked for. */
  found: { count: number; place: number }
  onStep: (by: 1 | -1) => void
  reading: boolean
  onRead: () => void
  /** Null while there is nothing to keep. */
  onDownload: (() => void) | null
}

function FindBox({ view, change, found, onStep }: LogToolsProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1)
    if (event.key === 'Escape') change({ find: '' })
  }
  const words = found.count === 0 ? 'none' : `${formatCount(found.place + 1)} of ${formatCount(found.count)}`
  return (
    <search className="flex h-8 min-w-0 flex-1 basis-56 items-center max-tablet:-order-1 max-tablet:basis-full gap-1 rounded-lg border border-line bg-panel pr-1 pl-2.5 focus-within:border-accent max-tablet:h-11">
      <Search aria-hidden size={14} strokeWidth={1.75} className="shrink-0 text-faint" />
      <input
        type="text"
        aria-label="Find in the log"
        placeholder="Find"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={view.find}
        onChange={({ target }) => change({ find: target.value.slice(0, 200) })}
        {...{ onKeyDown }}
        className="min-w-0 flex-1 bg-transparent text-sm outline-none placeholder:text-faint max-tablet:text-[16px]"
      />
      <output className="shrink-0 text-xs text-faint tabular-nums empty:hidden">
        {view.find !== '' && words}
      </output>
      <IconButton
        label="Previous"
        className="!size-6"
        disabled={found.count === 0}
        onClick={() => onStep(-1)}
      >
        <ChevronUp aria-hidden size={14} strokeWidth={1.75} />
      </IconButton>
      <IconButton label="Next" className="!size-6" disabled={found.count === 0} onClick={() => onStep(1)}>
        <ChevronDown aria-hidden size={14} strokeWidth={1.75} />
      </IconButton>
    </search>
  )
}

/** How much of the log, what is looked for in it, and whether it is read again by itself. */
export function LogTools(props: LogToolsProps) {
  const { view, change, reading, onRead, onDownload } = props
  return (
    <div role="toolbar" aria-label="Log" className="flex flex-wrap items-center gap-2 pb-2.5">
      <select
        aria-label="How many lines"
        value={view.tail}
        onChange={({ target }) => {
          const tail = LOG_TAILS.find((each) => String(each) === target.value)
          if (tail !== undefined) change({ tail })
        }}
        className="h-8 rounded-lg border border-line bg-panel px-2 text-sm max-tablet:h-10 max-tablet:min-w-0 max-tablet:flex-1 max-tablet:text-[16px]"
      >
        {LOG_TAILS.map((tail) => (
          <option key={tail} value={tail}>
            last {formatCount(tail)} lines
          </option>
        ))}
      </select>
      <FindBox {...props} />
      <Button
        aria-pressed={view.follow}
        data-tip="Read it again every few seconds while this page is in sight"
        className="aria-pressed:border-accent aria-pressed:text-accent-ink"
        onClick={() => change({ follow: !view.follow })}
      >
        Follow
      </Button>
      <IconButton
        label="Wrap long lines"
        aria-pressed={view.wrap}
        look="outline"
        className="aria-pressed:border-accent aria-pressed:text-accent-ink"
        onClick={() => change({ wrap: !view.wrap })}
      >
        <WrapText aria-hidden size={15} strokeWidth={1.75} />
      </IconButton>
      <IconButton label="Read again" look="outline" disabled={reading} onClick={onRead}>
        <RotateCw aria-hidden size={14} strokeWidth={1.75} />
      </IconButton>
      <IconButton
        label="Download"
        look="outline"
        disabled={onDownload === null}
        onClick={() => onDownload?.()}
      >
        <Download aria-hidden size={15} strokeWidth={1.75} />
      </IconButton>
    </div>
  )
}
