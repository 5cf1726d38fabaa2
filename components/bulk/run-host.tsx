'use client'

import dynamic from 'next/dynamic'
import { useShownRun } from './runs-store.ts'

const RunCard = dynamic(() => import('./run-card.tsx').then((module) => module.RunCard), { ssr: false })

/** Shows the bulk action that was begun last, or that somebody wants to see again. */
export function RunHost() {
  const run = useShownRun()
  return run === null ? null : <RunCard run={run} />
}
