'use client'

import { useEffect } from 'react'
import type { Vm } from '../../../lib/fleet/vm.ts'
import type { VmLook } from './for-caller.ts'
import { useLook } from './use-look.ts'

/** Tells which right is missing to look into a VM. It is a component so that it is loaded only when it is wanted. */
export function WatchLook({
  vm,
  look,
  onLack,
}: {
  vm: Vm
  look: VmLook
  onLack: (lack: string | null) => void
}) {
  const { lack } = useLook(look, { vm, set: null, main: null, node: null })
  useEffect(() => onLack(lack), [lack, onLack])
  return null
}
