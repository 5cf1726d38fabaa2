'use client'

import { useCallback, useEffect, useState } from 'react'
import type { RefObject } from 'react'

/** In Chromium only: with it, keys like Escape, Alt+Tab and Ctrl+W reach the page while it fills the screen. */
interface KeyboardLock {
  lock?: () => Promise<void>
  unlock?: () => void
}

const keyboardLock = (): KeyboardLock => (navigator as Navigator & { keyboard?: KeyboardLock }).keyboard ?? {}

/** Whether the element fills the screen, and how to change it. */
export function useFullScreen(element: RefObject<HTMLElement | null>): readonly [boolean, () => void] {
  const [full, setFull] = useState(false)
  useEffect(() => {
    const onChange = () => {
      const now = document.fullscreenElement !== null && document.fullscreenElement === element.current
      setFull(now)
      if (!now) keyboardLock().unlock?.()
    }
    document.addEventListener('fullscreenchange', onChange)
    return () => document.removeEventListener('fullscreenchange', onChange)
  }, [element])
  const toggle = useCallback(() => {
    if (document.fullscreenElement !== null) {
      void document.exitFullscreen()
      return
    }
    // Where the browser refuses (an iPhone has no full screen for pages), things stay as they are.
    element.current
      ?.requestFullscreen()
      .then(() => keyboardLock().lock?.())
      .catch(() => {})
  }, [element])
  return [full, toggle]
}
