'use client'

import { useCallback, useSyncExternalStore } from 'react'
import type { ScreenWidth } from '../../lib/fleet/console/screen.ts'
import type { ScreenOf } from './fetch-screen.ts'
import { shownScreen, UNSEEN, watchScreen } from './screen-feed.ts'
import type { ShownScreen } from './screen-feed.ts'

/** The screen of a VM, looked at while `watched`. */
export function useScreen(
  { uid, namespace, name }: ScreenOf,
  width: ScreenWidth,
  watched: boolean,
): ShownScreen {
  const subscribe = useCallback(
    (tell: () => void) => (watched ? watchScreen({ uid, namespace, name }, width, tell) : () => {}),
    [uid, namespace, name, width, watched],
  )
  return useSyncExternalStore(
    subscribe,
    () => shownScreen(uid, width),
    () => UNSEEN,
  )
}
