'use client'

import type { KeyboardEvent, PointerEvent } from 'react'
import { fitWidth, LEAST_WIDTH } from './dock-width.ts'

const STEP = 40

/** The edge that makes the console wider: dragged, or moved by the arrow keys. */
export function DockGrip({ width, onWidth }: { width: number; onWidth: (width: number) => void }) {
  const onPointerDown = (event: PointerEvent) => {
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
  }
  const onPointerMove = (event: PointerEvent) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    onWidth(fitWidth(window.innerWidth - event.clientX))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    event.preventDefault()
    onWidth(fitWidth(width + (event.key === 'ArrowLeft' ? STEP : -STEP)))
  }
  const role = {
    role: 'separator',
    'aria-orientation': 'vertical',
    'aria-label': 'Width of the console',
    'aria-valuenow': width,
    'aria-valuemin': LEAST_WIDTH,
    tabIndex: 0,
  } as const
  return <div {...role} className="console-grip" {...{ onPointerDown, onPointerMove, onKeyDown }} />
}
