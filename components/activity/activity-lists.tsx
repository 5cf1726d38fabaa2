'use client'

import type { ReactNode } from 'react'
import { useMemo } from 'react'
import type { Operation } from '../../lib/fleet/operations/operation.ts'
import { useConnection, useFleetIndex } from '../../lib/live/fleet-hooks.ts'
import { OperationItem } from './operation-item.tsx'
import { inOrder } from './operation-words.ts'
import { OwnItem } from './own-item.tsx'
import { useOwnOperations } from './own-store.ts'

function Part({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  if (count === 0) return null
  return (
    <section aria-label={title} className="pb-3">
      <h3 className="px-4 pt-2 pb-1.5 text-xs font-medium text-faint">{title}</h3>
      <ul className="border-b border-line">{children}</ul>
    </section>
  )
}

/** What is asked for in this tab, what the fleet does, and what it did: each list the newest first. */
export function ActivityLists({ onLeave }: { onLeave: () => void }) {
  const index = useFleetIndex()
  const { state } = useConnection()
  const own = useOwnOperations()
  const { running, ended } = useMemo(() => inOrder(index.operations.values()), [index])
  const item = (operation: Operation) => (
    <OperationItem
      key={operation.uid}
      operation={operation}
      usual={index.usual.get(operation.kind)}
      onLeave={onLeave}
    />
  )
  if (own.length + running.length + ended.length === 0) {
    return (
      <p className="px-4 py-2 text-sm text-muted">
        {index.loaded
          ? 'Nothing runs, and nothing was done since the dashboard’s server began to watch. What anybody asks of a VM or a set appears here, with its time and its result.'
          : 'Nothing is known of the fleet yet.'}
      </p>
    )
  }
  return (
    <>
      {state !== 'live' && (
        <p data-phase="unreachable" className="px-4 pb-2 text-xs text-phase-ink">
          The page is not live: what runs may have ended since.
        </p>
      )}
      <Part title={`Running now: ${running.length}`} count={running.length}>
        {running.map(item)}
      </Part>
      <Part title="Asked for in this tab" count={own.length}>
        {own.map((one) => (
          <OwnItem key={one.id} own={one} onLeave={onLeave} />
        ))}
      </Part>
      <Part title="Lately in the fleet" count={ended.length}>
        {ended.map(item)}
      </Part>
    </>
  )
}
