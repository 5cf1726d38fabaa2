'use client'

import { useState } from 'react'
import type { VmPath } from '../../lib/fleet/view-state.ts'
import type { Vm } from '../../lib/fleet/vm.ts'

interface HeldVm {
  /** The one that the page is about; undefined while there was none of the name yet. */
  vm: Vm | undefined
  /** The fleet has it no longer. */
  gone: boolean
  /** Goes on with the VM that has the name now. */
  openNext: () => void
}

/**
 * Keeps a page with the VM that it was opened for, when it is gone and when another one has its name: what was read of
 * the old one is not swept away, and nothing is typed into the new one unasked (promises A5 and D6). `now` is the VM
 * that has the name now. While there is no fleet, nobody's VM is kept: whoever signs in next may be somebody else.
 */
export function useHeldVm({ namespace, name }: VmPath, now: Vm | undefined, loaded: boolean): HeldVm {
  const key = `${namespace}/${name}`
  const [held, setHeld] = useState({ key, vm: now })
  const vm = loaded && held.key === key && held.vm !== undefined ? held.vm : now
  const gone = vm !== undefined && vm.uid !== now?.uid
  const kept = gone ? vm : now
  if (held.key !== key || held.vm !== kept) setHeld({ key, vm: kept })
  return { vm: kept, gone, openNext: () => setHeld({ key, vm: now }) }
}
