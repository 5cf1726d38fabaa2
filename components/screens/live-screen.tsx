'use client'

import { useState } from 'react'
import type { Vm } from '../../lib/fleet/vm.ts'
import { useConsole } from '../console/session/use-console.ts'
import type { ScreenSettings } from '../console/session/screen-settings.ts'

const SETTINGS: ScreenSettings = { fit: 'fit', quality: 'lean', compression: 'high', viewOnly: true }

/** The screen of a VM as it moves, to look at only. It covers the still once there is something to see. */
export function LiveScreen({ vm, onLive }: { vm: Vm; onLive: (live: boolean) => void }) {
  // What the guest copies is none of a wall's business.
  const { state, host } = useConsole(vm, true, SETTINGS, () => {})
  const [told, setTold] = useState(false)
  const live = state.at === 'open'
  if (live !== told) {
    setTold(live)
    onLive(live)
  }
  return <div ref={host} inert className="screen-live" data-shown={live || undefined} />
}
