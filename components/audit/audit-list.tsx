'use client'

import { useState } from 'react'
import type { TrailEntry } from '../../lib/fleet/trail/entry.ts'
import { TargetLink } from '../activity/target-link.tsx'
import { Button } from '../ui/button.tsx'
import { formatCount } from '../ui/format-count.ts'
import { Age } from '../vm/age.tsx'
import { meansOfEntry, RESULT_LOOKS, tookWords, whatOfEntry, whoOfEntry } from './audit-words.ts'

/** More rows than these come on demand: nobody reads them all at once. */
const STEP = 200

function ObjectName({ entry }: { entry: TrailEntry }) {
  const { kind, namespace, name } = entry
  const target =
    kind === 'Pod' || kind === 'CocoonHibernation'
      ? ({ kind: 'vm', namespace, name } as const)
      : kind === 'CocoonSet'
        ? ({ kind: 'set', namespace, name } as const)
        : null
  return (
    <>
      <span className="block truncate" data-tip-cut>
        {target === null ? <bdi>{name}</bdi> : <TargetLink target={target} title={name} onLeave={() => {}} />}
      </span>
      <bdi className="block truncate text-xs text-faint">
        {kind === 'Pod' ? 'VM' : kind} in {namespace}
      </bdi>
    </>
  )
}

function Row({ entry }: { entry: TrailEntry }) {
  const { at, count, detail, result, code, from, requestId, message } = entry
  const look = RESULT_LOOKS[result]
  return (
    <tr data-phase={look.tone} className="audit-row">
      <td className="text-muted">
        <Age since={at} />
        {count > 1 && <span className="block text-xs text-faint">{formatCount(count)} times</span>}
      </td>
      <td>
        <bdi className="block truncate font-medium" data-tip-cut>
          {whoOfEntry(entry)}
        </bdi>
        <span className="block truncate text-xs text-faint">{meansOfEntry(entry)}</span>
      </td>
      <td data-tip={message}>
        <bdi className="block truncate">{whatOfEntry(entry)}</bdi>
        <bdi className="block truncate text-xs text-faint">{detail}</bdi>
      </td>
      <td>
        <ObjectName entry={entry} />
      </td>
      <td>
        <span className="audit-result">
          <i aria-hidden />
          {look.word}
        </span>
        <bdi className="block truncate text-xs text-faint" data-tip-cut>
          {code === '' ? tookWords(entry) : code}
        </bdi>
      </td>
      <td className="font-mono text-xs text-muted">
        <bdi className="block truncate" data-tip-cut>
          {from}
        </bdi>
        <bdi className="block truncate text-faint" data-tip-cut>
          {requestId}
        </bdi>
      </td>
    </tr>
  )
}

/** Who did what, the latest first. */
export function AuditList({ entries }: { entries: readonly TrailEntry[] }) {
  const [shown, setShown] = useState(STEP)
  return (
    <>
      <table className="audit-table">
        <caption className="sr-only">Who did what, the latest first</caption>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Who</th>
            <th scope="col">What</th>
            <th scope="col">Object</th>
            <th scope="col">Result</th>
            <th scope="col">From, request</th>
          </tr>
        </thead>
        <tbody>
          {entries.slice(0, shown).map((entry) => (
            <Row key={entry.id} entry={entry} />
          ))}
        </tbody>
      </table>
      {entries.length > shown && (
        <Button className="my-3" onClick={() => setShown(shown + STEP)}>
          Show {formatCount(Math.min(STEP, entries.length - shown))} more of {formatCount(entries.length)}
        </Button>
      )}
    </>
  )
}
