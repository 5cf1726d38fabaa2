'use client'

import { useCallback, useSyncExternalStore } from 'react'
import { useLiveClient } from '../../lib/live/live-fleet.tsx'
import type { FleetIndex } from '../../lib/live/live-state.ts'
import { onTick } from '../../lib/live/ticker.ts'

/**
 * The whole fleet, once a second: judging ten thousand VMs by several actions takes a fifth of one, and nobody reads
 * counts that change more often.
 */
export function useCalmIndex(): FleetIndex {
  const { store } = useLiveClient()
  const subscribe = useCallback((tell: () => void) => onTick(1_000, tell), [])
  return useSyncExternalStore(subscribe, store.index, store.index)
}
