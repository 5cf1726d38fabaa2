'use client'

import type { KeyboardEvent, PointerEvent } from 'react'

interface GripProps {
  label: string
  /** How large that is which the edge bounds, in whatever `at` measures it. */
  value: number
  least: number
  most: number
  /** By how much an arrow key moves the edge. */
  step: number
  /** The arrow key that makes it larger. */
  grows: 'ArrowLeft' | 'ArrowRight'
  /** How large it becomes when the pointer drags the edge there. */
  at: (event: PointerEvent<HTMLElement>) => number
  onValue: (value: number) => void
  /** The value in words, where the number alone says little. */
  words?: string
  className: string
}

/** The edge between two things beside each other: dragged, or moved by the arrow keys, Home and End. */
export function Grip({ label, value, least, most, step, grows, at, onValue, words, className }: GripProps) {
  const move = (to: number) => onValue(Math.round(Math.min(most, Math.max(least, to))))
  const onPointerDown = (event: PointerEvent) => {
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) move(at(event))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const shrinks = grows === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft'
    const moves = new Map([
      [grows, value + step],
      [shrinks, value - step],
      ['Home', least],
      ['End', most],
    ])
    const to = moves.get(event.key)
    if (to === undefined) return
    event.preventDefault()
    move(to)
  }
  const role = {
    role: 'separator',
    'aria-orientation': 'vertical',
    'aria-label': label,
    'aria-valuenow': value,
    'aria-valuemin': least,
    'aria-valuemax': most,
    'aria-valuetext': words,
    tabIndex: 0,
  } as const
  return <div {...role} className={className} {...{ onPointerDown, onPointerMove, onKeyDown }} />
}
