'use client'

import { useState } from 'react'
import type { FocusEvent, PointerEvent } from 'react'

/** Whether somebody points at an element, or has the focus in it; a finger does neither. */
export function useHot() {
  const [pointed, setPointed] = useState(false)
  const [focused, setFocused] = useState(false)
  return {
    hot: pointed || focused,
    heat: {
      onPointerEnter: ({ pointerType }: PointerEvent) => setPointed(pointerType !== 'touch'),
      onPointerLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: ({ currentTarget, relatedTarget }: FocusEvent) =>
        setFocused(relatedTarget instanceof Node && currentTarget.contains(relatedTarget)),
    },
  }
}
