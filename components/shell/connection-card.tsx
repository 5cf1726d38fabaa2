'use client'

import { useConnection } from '../../lib/live/fleet-hooks.ts'
import { CONNECTION_LOOKS } from './connection-looks.ts'
import { ConnectionLine } from './connection-line.tsx'
import { ResourceList } from './resource-list.tsx'

/** The state of the connection and the age of the data, always in sight. */
export function ConnectionCard() {
  const connection = useConnection()
  const look = CONNECTION_LOOKS[connection.state]
  return (
    <section aria-label="Connection" className="surface px-3 py-2.5" data-phase={look.tone}>
      <h2 className="flex items-center gap-2 text-xs font-bold">
        <span aria-hidden className="live-dot ml-0.5 size-[7px]" />
        <output>{look.word}</output>
      </h2>
      <p className="mt-1 line-clamp-5 text-xs text-muted wrap-anywhere">
        <ConnectionLine connection={connection} />
      </p>
      <ResourceList freshness={connection.freshness} />
    </section>
  )
}

/** The same as a dot and a word, for phones and for the collapsed sidebar. */
export function ConnectionDot({ word = true }: { word?: boolean }) {
  const { state } = useConnection()
  const look = CONNECTION_LOOKS[state]
  return (
    <span className="inline-flex items-center gap-2 text-muted" data-phase={look.tone}>
      <span aria-hidden className="live-dot size-[7px]" />
      {word ? look.word : <span className="sr-only">{look.word}</span>}
    </span>
  )
}
