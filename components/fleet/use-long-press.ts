'use client'

import { useEffect, useMemo, useRef } from 'react'
import type { MouseEvent, PointerEvent } from 'react'

/** As long as phones take for their own menus, in milliseconds. */
const LONG_MS = 500
/** A finger that moves further than this scrolls, in pixels. */
const STILL_PX = 10

interface Press {
  timer: ReturnType<typeof setTimeout>
  x: number
  y: number
}

/**
 * Handlers for whatever holds the rows: a finger that stays on one calls `onLong` with what it touches. Buttons and
 * links keep their own long press. The click that ends such a press is nobody's.
 */
export function useLongPress(onLong: (target: EventTarget) => void) {
  const press = useRef<Press | null>(null)
  const ends = useRef(false)
  const told = useRef(onLong)
  useEffect(() => {
    told.current = onLong
  }, [onLong])
  useEffect(() => () => clearTimeout(press.current?.timer), [])
  return useMemo(() => {
    const stop = () => {
      clearTimeout(press.current?.timer)
      press.current = null
    }
    return {
      onPointerDown({ pointerType, isPrimary, target, clientX: x, clientY: y }: PointerEvent) {
        stop()
        ends.current = false
        const own = target instanceof Element && target.closest('button, a') !== null
        if (pointerType !== 'touch' || !isPrimary || own) return
        const timer = setTimeout(() => {
          press.current = null
          ends.current = true
          told.current(target)
        }, LONG_MS)
        press.current = { timer, x, y }
      },
      onPointerMove({ clientX, clientY }: PointerEvent) {
        const { x = clientX, y = clientY } = press.current ?? {}
        if (Math.hypot(clientX - x, clientY - y) > STILL_PX) stop()
      },
      onPointerUp: stop,
      onPointerCancel: stop,
      // The phone's own menu would come at the same moment.
      onContextMenu(event: MouseEvent) {
        if (press.current !== null || ends.current) event.preventDefault()
      },
      onClickCapture(event: MouseEvent) {
        if (!ends.current) return
        ends.current = false
        event.preventDefault()
        event.stopPropagation()
      },
    }
  }, [])
}
