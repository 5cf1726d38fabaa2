'use client'

import { lackOf } from '../../../lib/fleet/can/needs.ts'
import type { VmSubject } from '../../../lib/fleet/can/subjects.ts'
import type { VmLook } from './for-caller.ts'
import { useRights } from './use-rights.ts'

/** Whether this person may look into a VM: a page waits for the answer, so that nothing it asks for is refused. */
export function useLook(
  look: VmLook,
  subject: VmSubject,
): {
  asking: boolean
  /** Which right is missing, as a sentence; null when none is. */
  lack: string | null
} {
  const { rights, asking } = useRights(subject.vm.namespace)
  return { asking, lack: lackOf(look, subject, rights) }
}
