'use client'

import { useEffect, useRef } from 'react'
import type { SignedIn } from '../../lib/fleet/session.ts'
import { useSessionClient } from '../../lib/live/session-provider.tsx'
import { useNow } from '../ui/use-now.ts'
import { sessionEnd } from './session-end.ts'

const LOOK_EVERY = 10_000
const ACTS = ['pointerdown', 'keydown', 'wheel'] as const

/** When somebody did something on this page last; a value that renders nothing. */
function useActive() {
  const active = useRef(0)
  useEffect(() => {
    const note = () => {
      active.current = Date.now()
    }
    for (const act of ACTS) addEventListener(act, note, { passive: true, capture: true })
    return () => {
      for (const act of ACTS) removeEventListener(act, note, { capture: true })
    }
  }, [])
  return active
}

/** Renews the session of somebody who is there, and tells whether its end is near. */
export function useEndIsNear({ expiresAt }: SignedIn, fixed: boolean): boolean {
  const client = useSessionClient()
  const active = useActive()
  const now = useNow(LOOK_EVERY)
  useEffect(() => {
    const end = sessionEnd({ expiresAt }, { now, active: active.current, fixed })
    if (end === 'renew' || end === 'over') void client.refresh()
  }, [active, client, expiresAt, fixed, now])
  return sessionEnd({ expiresAt }, { now, active: 0, fixed }) === 'near'
}
