'use client'

import { useShownRun } from './runs-store.ts'
import { later } from '../ui/later.tsx'

const RunCard = later(() => import('./run-card.tsx').then((module) => module.RunCard))

/** Shows the bulk action that was begun last, or that somebody wants to see again. */
export function RunHost() {
  const run = useShownRun()
  return run === null ? null : <RunCard run={run} />
}
