'use client'

import { useMemo, useSyncExternalStore } from 'react'
import { seenRows } from './row-window.ts'
import type { RowTops, SeenRows } from './row-window.ts'

/** How far a box is scrolled and how high it is, as of its last event: asking the box again would cost a layout. */
function scrollPlace(box: HTMLElement | null) {
  let [top, height] = [box?.scrollTop ?? 0, box?.clientHeight ?? 0]
  let rows: SeenRows = { first: 0, last: -1 }
  return {
    /** The same object as before while it says the same. */
    seen(tops: RowTops): SeenRows {
      const { first, last } = seenRows(tops, top, height)
      if (first !== rows.first || last !== rows.last) rows = { first, last }
      return rows
    },
    subscribe(tell: () => void) {
      if (box === null) return () => {}
      const measure = () => {
        top = box.scrollTop
        height = box.clientHeight
        tell()
      }
      box.addEventListener('scroll', measure, { passive: true })
      const resized = new ResizeObserver(measure)
      resized.observe(box)
      return () => {
        box.removeEventListener('scroll', measure)
        resized.disconnect()
      }
    },
  }
}

/**
 * Which rows of a scrolled box are seen; renders again when others are, before the next frame. The heights are known,
 * so nothing is needed here of what makes a general virtual list a twentieth of all that the page loads.
 */
export function useRowWindow(box: HTMLElement | null, tops: RowTops): SeenRows {
  const place = useMemo(() => scrollPlace(box), [box])
  return useSyncExternalStore(place.subscribe, () => place.seen(tops))
}
