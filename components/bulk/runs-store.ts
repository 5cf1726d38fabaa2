'use client'

import { useSyncExternalStore } from 'react'
import type { BulkRun } from '../../lib/fleet/bulk/run.ts'

/*
 * The bulk actions of this tab. They belong to no component: closing what shows one does not end it, and the activity
 * drawer can show it again. The rows of the fleet change by what the cluster says alone.
 */
const runs = new Map<string, BulkRun>()
const listeners = new Set<() => void>()
let shown: string | null = null

const MOST_RUNS = 20

function notify(): void {
  for (const tell of listeners) tell()
}

/** The run as it is now; undefined once it is forgotten. */
export const runNamed = (id: string): BulkRun | undefined => runs.get(id)

/** Keeps a run, and forgets the oldest of many that are over. */
export function putRun(run: BulkRun): void {
  for (const old of runs.values()) {
    if (runs.size < MOST_RUNS || runs.has(run.id)) break
    if (old.endedAt !== null) runs.delete(old.id)
  }
  runs.set(run.id, run)
  notify()
}

/** Puts the next state of a run in place of its last, unless it is forgotten. */
export function changeRun(id: string, next: (run: BulkRun) => BulkRun): void {
  const run = runs.get(id)
  if (run !== undefined) putRun(next(run))
}

/** Shows a run; null shows none. */
export function showRun(id: string | null): void {
  shown = id
  notify()
}

/** The run that is shown; null when none is. */
export function useShownRun(): BulkRun | null {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell)
      return () => void listeners.delete(tell)
    },
    () => (shown === null ? null : (runs.get(shown) ?? null)),
    () => null,
  )
}
