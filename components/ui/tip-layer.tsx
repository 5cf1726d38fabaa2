'use client'

import { useEffect, useRef, useState } from 'react'
import { placeTip } from './place-tip.ts'

const ID = 'tip'
const DELAY = 350

/** The text that an element offers: always, or only while its own text is cut off. */
function tipOf(element: HTMLElement): string {
  if (element.hasAttribute('data-tip-cut')) {
    return element.scrollWidth > element.clientWidth ? (element.textContent ?? '') : ''
  }
  return element.dataset['tip'] ?? ''
}

const TIPPED = '[data-tip],[data-tip-cut]'

const tipped = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>(TIPPED) : null

/** A cell has the focus as a whole: the first tip inside it that has something to say is its own. */
const tippedInside = (target: EventTarget | null): HTMLElement | undefined =>
  target instanceof Element && target.matches('[role=gridcell],[role=rowheader]')
    ? [...target.querySelectorAll<HTMLElement>(TIPPED)].find((inside) => tipOf(inside) !== '')
    : undefined

/**
 * The one tooltip of the page. Whatever carries `data-tip="text"` has it on hover and on focus, and on a click
 * too while it is `aria-disabled`; `data-tip-cut` shows the element's own text while it is truncated. One listener instead of a component per cell keeps
 * thousands of rows cheap. The tip is plain text, so what the cluster says cannot become markup.
 */
export function TipLayer() {
  const [tip, setTip] = useState<{ text: string; at: DOMRect } | null>(null)
  const described = useRef<Element | null>(null)

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let holder: HTMLElement | null = null
    const unsay = () => {
      described.current?.removeAttribute('aria-describedby')
      described.current = null
      setTip(null)
    }
    const say = (element: HTMLElement) => {
      unsay()
      const text = tipOf(element)
      if (text === '' || !element.isConnected) return
      if (element.getAttribute('aria-label') !== text && !element.hasAttribute('aria-describedby')) {
        element.setAttribute('aria-describedby', ID)
        described.current = element
      }
      setTip({ text, at: element.getBoundingClientRect() })
    }
    // What somebody points at may have something else to say by now: that it cannot be used, for example.
    const changes = new MutationObserver(() => holder && say(holder))
    const hide = () => {
      clearTimeout(timer)
      changes.disconnect()
      holder = null
      unsay()
    }
    const show = (element: HTMLElement, delay: number) => {
      if (element === holder) return
      hide()
      holder = element
      changes.observe(element, { attributeFilter: ['data-tip'] })
      timer = setTimeout(() => say(element), delay)
    }
    const over = (event: PointerEvent) => {
      if (event.pointerType === 'touch') return
      const element = tipped(event.target)
      if (element) show(element, DELAY)
      else if (holder) hide()
    }
    const focus = (event: FocusEvent) => {
      const element = tipped(event.target) ?? tippedInside(event.target)
      if (element !== undefined && (event.target as Element).matches(':focus-visible')) show(element, 0)
      else hide()
    }
    // What cannot be used says why, to fingers too, which cannot hover.
    const click = (event: MouseEvent) => {
      const element = tipped(event.target)
      if (element?.getAttribute('aria-disabled') === 'true') show(element, 0)
    }
    const escape = (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide()
    }
    const stop = new AbortController()
    const { signal } = stop
    document.addEventListener('pointerover', over, { signal })
    document.addEventListener('focusin', focus, { signal })
    document.addEventListener('focusout', hide, { signal })
    document.addEventListener('pointerdown', hide, { signal })
    document.addEventListener('click', click, { signal, capture: true })
    document.addEventListener('keydown', escape, { signal })
    document.addEventListener('scroll', hide, { signal, capture: true, passive: true })
    return () => {
      stop.abort()
      changes.disconnect()
      clearTimeout(timer)
    }
  }, [])

  if (tip === null) return null
  return (
    <div
      id={ID}
      role="tooltip"
      className="tip"
      ref={(element) => {
        if (!element) return
        const place = placeTip(tip.at, element.getBoundingClientRect(), {
          width: innerWidth,
          height: innerHeight,
        })
        element.style.left = `${place.left}px`
        element.style.top = `${place.top}px`
      }}
    >
      {tip.text}
    </div>
  )
}
