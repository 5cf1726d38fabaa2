'use client'

import { useCallback, useSyncExternalStore } from 'react'

/**
 * This browser's clock in epoch milliseconds, ticking every `periodMs`; 0 while the page is rendered by the
 * server. For ages of what this browser itself witnessed: it runs ahead by less than a period, so that no age
 * is understated.
 */
export function useNow(periodMs: number): number {
  const subscribe = useCallback(
    (tell: () => void) => {
      const timer = setInterval(tell, periodMs)
      return () => clearInterval(timer)
    },
    [periodMs],
  )
  return useSyncExternalStore(
    subscribe,
    () => Math.ceil(Date.now() / periodMs) * periodMs,
    () => 0,
  )
}
