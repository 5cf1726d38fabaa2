'use client'

import { useEffect } from 'react'
import type { Right } from '../../../lib/fleet/can/rights.ts'
import { namespacesOf } from '../../../lib/fleet/namespaces-of.ts'
import { useFleetIndex } from '../../../lib/live/fleet-hooks.ts'
import { useSomewhere } from './use-somewhere.ts'

/** Tells why something can be done nowhere in the fleet, null when it can. It is a component so that it is loaded only when it is wanted. */
export function WatchSomewhere({
  right,
  onReason,
}: {
  right: Right
  onReason: (reason: string | null) => void
}) {
  const { vms, sets } = useFleetIndex()
  const reason = useSomewhere(right, namespacesOf(vms.values(), sets.values()))?.reason ?? null
  useEffect(() => onReason(reason), [reason, onReason])
  return null
}
