'use client'

import { NONE } from '../../lib/fleet/duration.ts'
import type { VmPath } from '../../lib/fleet/view-state.ts'
import { useFleetIndex } from '../../lib/live/fleet-hooks.ts'

/** The VM that another one was forked from, by its VM name; a way to it while it is in the fleet. */
export function ForkSource({ forkedFrom, onOpen }: { forkedFrom: string; onOpen: (path: VmPath) => void }) {
  const { vms } = useFleetIndex()
  if (forkedFrom === '') return NONE
  for (const { vmName, namespace, name } of vms.values()) {
    if (vmName !== forkedFrom) continue
    return (
      <button
        type="button"
        className="text-left text-accent-ink underline-offset-2 hover:underline max-tablet:min-h-9"
        onClick={() => onOpen({ namespace, name })}
      >
        <bdi>{name}</bdi>
      </button>
    )
  }
  return (
    <>
      <bdi className="font-mono text-xs">{forkedFrom}</bdi>{' '}
      <span className="text-faint">(not in the fleet)</span>
    </>
  )
}
