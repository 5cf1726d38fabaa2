'use client'

import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'

/**
 * Lets an element glow once, softly, whenever `signature` changes after the first time. The animation is the
 * browser's, outside React, so that a change of a row renders nothing twice.
 */
export function useGlow(signature: string): RefObject<HTMLSpanElement | null> {
  const element = useRef<HTMLSpanElement>(null)
  const before = useRef(signature)
  useEffect(() => {
    if (before.current === signature) return
    before.current = signature
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
    element.current?.animate([{ opacity: 0.14 }, { opacity: 0 }], { duration: 1400, easing: 'ease-out' })
  }, [signature])
  return element
}
