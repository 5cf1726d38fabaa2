'use client'

import { useCallback, useState } from 'react'

const MARGIN = '200px'

/** Whether an element is in view, or about to be; `ref` is for that element. */
export function useInView(): {
  inView: boolean
  ref: (element: HTMLElement | null) => (() => void) | undefined
} {
  const [inView, setInView] = useState(false)
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined
    const observer = new IntersectionObserver(
      (entries) => setInView(entries.at(-1)?.isIntersecting ?? false),
      {
        rootMargin: MARGIN,
      },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { inView, ref }
}
