'use client'

import { useOwnOperations } from './own-store.ts'

/** How many operations run now. */
export function useRunningCount(): number {
  return useOwnOperations().filter(({ state }) => state === 'asking').length
}
