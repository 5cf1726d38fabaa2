'use client'

import { useMemo } from 'react'
import type { VmPhase } from '../../lib/fleet/vm.ts'
import { lineDiff } from './diff-lines.ts'
import type { DiffLine, DiffSide } from './diff-lines.ts'

const lines = (count: number) => `${count} line${count === 1 ? '' : 's'}`

/** The sign tells what the colour tells. */
const TONES: Record<'+' | '-' | ' ', VmPhase | undefined> = { '+': 'ready', '-': 'failed', ' ': undefined }

function Line({ line }: { line: DiffLine }) {
  if (line.sign === 'gap') {
    return <div className="px-3 text-faint select-none">{`⋯ ${lines(line.count)} the same`}</div>
  }
  const Row = line.sign === '+' ? 'ins' : line.sign === '-' ? 'del' : 'div'
  return (
    <Row data-phase={TONES[line.sign]} className={`diff-line ${line.sign === ' ' ? 'text-muted' : ''}`}>
      <span className="select-none">{line.sign}</span>
      <bdi>{line.text}</bdi>
    </Row>
  )
}

/**
 * What changes in an object, line by line, as YAML; added and removed lines bear their sign. `before` is null for
 * what is made, `after` for what goes; texts are compared as they are. `name` says of what it is, for who cannot see.
 */
export function ObjectDiff({ before, after, name }: { before: DiffSide; after: DiffSide; name: string }) {
  const diff = useMemo(() => lineDiff(before, after), [before, after])
  if (diff.lines.length === 0) return <p className="text-xs text-muted">Nothing in it changes.</p>
  return (
    <div className="space-y-1">
      <p className="text-xs text-muted tabular-nums">
        {`${lines(diff.added)} added, ${lines(diff.removed)} removed`}
      </p>
      <section
        aria-label={`Changes of ${name}`}
        className="overflow-hidden rounded-lg border border-line bg-panel py-1.5 font-mono text-xs leading-relaxed"
      >
        {diff.lines.map((line) => (
          <Line key={line.place} line={line} />
        ))}
      </section>
    </div>
  )
}
