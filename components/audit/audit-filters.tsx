'use client'

import { Download, RotateCw, Search } from 'lucide-react'
import type { trailChoices, TrailFilter, TrailSpan } from '../../lib/fleet/trail/filter.ts'
import { TRAIL_SPANS } from '../../lib/fleet/trail/filter.ts'
import { ACTION_WORDS, whoWords } from '../../lib/fleet/trail/words.ts'
import { IconButton } from '../ui/button.tsx'
import { RESULT_LOOKS } from './audit-words.ts'

const SPAN_WORDS: Record<TrailSpan, string> = {
  '5m': 'last 5 minutes',
  '15m': 'last 15 minutes',
  '1h': 'last hour',
  '24h': 'last day',
}
const SPANS = Object.keys(TRAIL_SPANS) as TrailSpan[]

interface Choice {
  value: string
  words: string
}

/** Of what is chosen by a link there may be nothing: it stays to be seen, and taken back. */
function Choose({
  label,
  value,
  any,
  choices,
  onChoose,
}: {
  label: string
  value: string
  any: string
  choices: readonly Choice[]
  onChoose: (value: string) => void
}) {
  const known = value === '' || choices.some((choice) => choice.value === value)
  const all = known ? choices : [...choices, { value, words: value }]
  return (
    <select
      aria-label={label}
      value={value}
      onChange={({ target }) => onChoose(target.value)}
      data-set={value !== ''}
      className="h-8 max-w-44 min-w-0 truncate rounded-lg border border-line bg-panel px-2 text-sm data-[set=true]:border-accent data-[set=true]:text-accent-ink max-tablet:h-10 max-tablet:shrink-0 max-tablet:text-[16px]"
    >
      <option value="">{any}</option>
      {all.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.words}
        </option>
      ))}
    </select>
  )
}

function TextBox({
  label,
  value,
  onText,
  find = false,
}: {
  label: string
  value: string
  onText: (text: string) => void
  find?: boolean
}) {
  return (
    <label className="flex h-8 min-w-0 flex-[1_1_150px] items-center gap-1.5 rounded-lg border border-line bg-panel px-2.5 focus-within:border-accent max-tablet:h-10 max-tablet:min-w-40">
      {find && <Search aria-hidden size={14} strokeWidth={1.75} className="shrink-0 text-faint" />}
      <input
        type="text"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={value}
        onChange={({ target }) => onText(target.value.slice(0, 200))}
        className="min-w-0 flex-1 bg-transparent text-sm outline-none placeholder:text-faint max-tablet:text-[16px]"
      />
    </label>
  )
}

/** What of the trail is looked at, and what can be done with it. */
export function AuditFilters({
  view,
  change,
  choices,
  reading,
  onRead,
  onDownload,
}: {
  view: TrailFilter
  change: (change: Partial<TrailFilter>) => void
  choices: ReturnType<typeof trailChoices>
  reading: boolean
  onRead: () => void
  /** Null while there is nothing to keep. */
  onDownload: (() => void) | null
}) {
  const plain = (values: readonly string[]) => values.map((value) => ({ value, words: value }))
  return (
    <search aria-label="Audit" className="flex flex-wrap items-center gap-2 pb-2.5">
      <TextBox label="Find in all of it" value={view.text} onText={(text) => change({ text })} find />
      <div className="audit-choices">
        <TextBox label="Object, as Pod/web-0" value={view.object} onText={(object) => change({ object })} />
        <Choose
          label="Who"
          any="anybody"
          value={view.who}
          choices={choices.who.map((value) => ({ value, words: whoWords(value) }))}
          onChoose={(who) => change({ who })}
        />
        <Choose
          label="Action"
          any="any action"
          value={view.action}
          choices={choices.actions.map((value) => ({ value, words: ACTION_WORDS[value].label }))}
          onChoose={(action) => change({ action: choices.actions.find((each) => each === action) ?? '' })}
        />
        <Choose
          label="Namespace"
          any="all namespaces"
          value={view.namespace}
          choices={plain(choices.namespaces)}
          onChoose={(namespace) => change({ namespace })}
        />
        <Choose
          label="Result"
          any="any result"
          value={view.result}
          choices={choices.results.map((value) => ({ value, words: RESULT_LOOKS[value].word }))}
          onChoose={(result) => change({ result: choices.results.find((each) => each === result) ?? '' })}
        />
        <Choose
          label="Time"
          any="any time"
          value={view.span}
          choices={SPANS.map((value) => ({ value, words: SPAN_WORDS[value] }))}
          onChoose={(span) => change({ span: SPANS.find((each) => each === span) ?? '' })}
        />
      </div>
      <span className="ml-auto flex gap-2">
        <IconButton label="Read again" look="outline" disabled={reading} onClick={onRead}>
          <RotateCw
            aria-hidden
            size={14}
            strokeWidth={1.75}
            className={reading ? 'animate-spin' : undefined}
          />
        </IconButton>
        <IconButton
          label="Download as CSV"
          look="outline"
          disabled={onDownload === null}
          onClick={() => onDownload?.()}
        >
          <Download aria-hidden size={15} strokeWidth={1.75} />
        </IconButton>
      </span>
    </search>
  )
}
