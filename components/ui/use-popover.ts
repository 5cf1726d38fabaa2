'use client'

import { useEffect, useId, useRef, useState } from 'react'
import type { RefObject, ToggleEvent } from 'react'
import { flushSync } from 'react-dom'
import { placePopover } from './place-popover.ts'
import type { Align } from './place-popover.ts'

interface Popover {
  /** Content need not exist while it is false. */
  open: boolean
  hide: () => void
  trigger: { ref: RefObject<HTMLButtonElement | null>; popoverTarget: string; 'aria-expanded': boolean }
  surface: {
    ref: RefObject<HTMLDivElement | null>
    id: string
    popover: 'auto'
    onToggle: (event: ToggleEvent) => void
  }
}

function place(element: HTMLElement, anchor: HTMLElement, align: Align): void {
  element.style.maxHeight = ''
  const screen = { width: innerWidth, height: innerHeight }
  const { left, top, maxHeight } = placePopover(
    anchor.getBoundingClientRect(),
    element.getBoundingClientRect(),
    screen,
    align,
  )
  element.style.left = `${left}px`
  element.style.top = `${top}px`
  element.style.maxHeight = `${maxHeight}px`
  element.setAttribute('data-placed', '')
}

/**
 * The browser's own popover: the top layer, Escape, a click elsewhere and the way of the focus are its work.
 * Ours is to place it. `onOpen` runs when it stands.
 */
export function usePopover(align: Align, onOpen?: (surface: HTMLElement) => void): Popover {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const surface = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)
  const hide = () => surface.current?.hidePopover()

  const onToggle = (event: ToggleEvent) => {
    if (event.target !== surface.current) return
    const shown = event.newState === 'open'
    // Its content decides its size, so it must be there before it is placed.
    flushSync(() => setOpen(shown))
    const element = surface.current
    if (!shown || element === null || button.current === null) {
      element?.removeAttribute('data-placed')
      return
    }
    place(element, button.current, align)
    onOpen?.(element)
  }

  useEffect(() => {
    if (!open) return
    // What it was placed beside has moved.
    const element = surface.current
    const onResize = () => {
      // On a phone it may be the keyboard, come up for a field in it.
      if (element?.contains(document.activeElement) !== true) element?.hidePopover()
      else if (button.current !== null) place(element, button.current, align)
    }
    addEventListener('resize', onResize)
    // Content may come later, and change with the fleet.
    const observer = new ResizeObserver(() => {
      if (element !== null && button.current !== null) place(element, button.current, align)
    })
    if (element !== null) observer.observe(element)
    return () => {
      removeEventListener('resize', onResize)
      observer.disconnect()
    }
  }, [open, align])

  return {
    open,
    hide,
    trigger: { ref: button, popoverTarget: id, 'aria-expanded': open },
    surface: { ref: surface, id, popover: 'auto', onToggle },
  }
}
