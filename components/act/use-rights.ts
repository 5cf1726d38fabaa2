'use client'

import { useQuery } from '@tanstack/react-query'
import type { HibernationSubject, SetSubject, VmSubject } from '../../lib/fleet/can/subjects.ts'
import { withRights } from '../../lib/fleet/can/needs.ts'
import type { Rights } from '../../lib/fleet/can/rights.ts'
import type { Verdict } from '../../lib/fleet/can/verdict.ts'
import { getJson } from '../vm/get-json.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import type { SetAction, VmAction } from './act.ts'
import { ALWAYS } from './menu-list.tsx'
import { queryClient } from '../ui/query-client.ts'

/** As long as the server keeps what it was told. */
const FRESH_MS = 30_000

function useAskedRights(namespace: string) {
  return useQuery<Rights>(
    {
      queryKey: ['rights', namespace],
      queryFn: ({ signal }) =>
        getJson<Rights>(`/api/rights?namespace=${encodeURIComponent(namespace)}`, signal),
      staleTime: FRESH_MS,
      // Of what is gone nothing is asked.
      enabled: namespace !== '',
    },
    queryClient(),
  )
}

const useRights = (namespace: string): Rights | undefined => useAskedRights(namespace).data

/** What is asked of a VM in its page besides the actions: to look into it. */
type VmLook = 'console' | 'terminal' | 'logs'

const requestOf = ({ vm, set }: VmSubject): HibernationSubject | null =>
  vm.hibernation && { hibernation: vm.hibernation, vm, set }

/** Narrows a verdict to what this person may do, as far as it is known: nobody waits for it, the server decides. */
export function useVmRights(
  namespace: string,
): (action: VmAction | VmLook, subject: VmSubject, verdict: Verdict) => Verdict {
  const rights = useRights(namespace)
  return (action, subject, verdict) => {
    if (action !== 'remove-hibernation') return withRights(action, subject, rights, verdict)
    const request = requestOf(subject)
    return request === null ? verdict : withRights(action, request, rights, verdict)
  }
}

/** The same of a set. */
export function useSetRights(
  namespace: string,
): (action: SetAction | 'edit-set', subject: SetSubject, verdict: Verdict) => Verdict {
  const rights = useRights(namespace)
  return (action, subject, verdict) => withRights(action, subject, rights, verdict)
}

/**
 * Whether this person may look at the screen of a VM. Undefined while that is being asked: pictures are fetched without
 * a click, so that they wait for it, and nobody is refused what they never asked for.
 */
export function useScreenRight(vm: Vm | undefined): Verdict | undefined {
  const { data, isLoading } = useAskedRights(vm?.namespace ?? '')
  if (isLoading || vm === undefined) return undefined
  return withRights('console', { vm, set: null, main: null, node: null }, data, ALWAYS)
}
