'use client'

import { useState } from 'react'

/** Whether somebody points at an element or has the focus on it, and what the element tells it by. */
export function useNear() {
  const [near, setNear] = useState(false)
  const come = () => setNear(true)
  const go = () => setNear(false)
  return { near, feelers: { onPointerEnter: come, onFocus: come, onPointerLeave: go, onBlur: go } }
}
