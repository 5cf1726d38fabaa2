'use client'

import { useEffect, useState } from 'react'

/** Long enough for the next key of a name that is being typed. */
const SETTLE_MS = 250

/** A text that was then left alone for a moment; the first one at once. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
