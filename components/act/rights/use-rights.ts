'use client'

import { useQuery } from '@tanstack/react-query'
import { withRights } from '../../../lib/fleet/can/needs.ts'
import type { SetSubject, VmSubject } from '../../../lib/fleet/can/subjects.ts'
import type { Rights } from '../../../lib/fleet/can/rights.ts'
import type { Verdict } from '../../../lib/fleet/can/verdict.ts'
import type { Vm } from '../../../lib/fleet/vm.ts'
import { useConnection } from '../../../lib/live/fleet-hooks.ts'
import { queryClient } from '../../ui/query-client.ts'
import type { SetAction, VmAction } from '../act.ts'
import { ALWAYS } from '../menu-list.tsx'
import { setVerdict, vmVerdict } from './for-caller.ts'
import type { VmLook } from './for-caller.ts'
import { RIGHTS_FRESH_MS, rightsQuery } from './rights-query.ts'

interface Asked {
  rights: Rights | undefined
  /** Nobody knows yet, but soon. */
  asking: boolean
}

function useAsked(namespace: string, again: boolean): Asked {
  const { data, isLoading } = useQuery(
    { ...rightsQuery(namespace), refetchInterval: again && RIGHTS_FRESH_MS },
    queryClient(),
  )
  return { rights: data, asking: isLoading }
}

/** What this person may do in a namespace, asked again all the time that somebody looks at a page that is live. */
export function useRights(namespace: string): Asked {
  const { state } = useConnection()
  return useAsked(namespace, state === 'live')
}

/** Narrows a verdict to what this person may do, as far as it is known: nobody waits for it, the server decides. */
export function useVmRights(
  namespace: string,
): (action: VmAction | VmLook, subject: VmSubject, verdict: Verdict) => Verdict {
  const { rights } = useRights(namespace)
  return (action, subject, verdict) => vmVerdict(action, subject, rights, verdict)
}

/** The same of a set. */
export function useSetRights(
  namespace: string,
): (action: SetAction | 'edit-set', subject: SetSubject, verdict: Verdict) => Verdict {
  const { rights } = useRights(namespace)
  return (action, subject, verdict) => setVerdict(action, subject, rights, verdict)
}

/**
 * Whether this person may look at the screen of a VM. Undefined while that is being asked: pictures are fetched without
 * a click, so that they wait for it, and nobody is refused what they never asked for.
 */
export function useScreenRight(vm: Vm | undefined): Verdict | undefined {
  // Many rows show one: what they are to be refused later the server refuses.
  const { rights, asking } = useAsked(vm?.namespace ?? '', false)
  if (asking || vm === undefined) return undefined
  return withRights('console', { vm, set: null, main: null, node: null }, rights, ALWAYS)
}
