'use client'

import { useCallback, useSyncExternalStore } from 'react'

/** Whether a media query holds; false while the page is rendered by the server. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (tell: () => void) => {
      const media = matchMedia(query)
      media.addEventListener('change', tell)
      return () => media.removeEventListener('change', tell)
    },
    [query],
  )
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(query).matches,
    () => false,
  )
}

/** The layout of phones: the bottom bar, two-line rows and full-height sheets. Mirrors `--breakpoint-tablet`. */
export const PHONE = '(max-width: 719.98px)'
