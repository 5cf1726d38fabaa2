'use client'

import { useMemo } from 'react'
import { useFleetIndex } from '../../lib/live/fleet-hooks.ts'

/** How many operations run in the fleet now, as far as they are listed. */
export function useRunningCount(): number {
  const index = useFleetIndex()
  return useMemo(() => [...index.operations.values()].filter(({ ended }) => ended === null).length, [index])
}
