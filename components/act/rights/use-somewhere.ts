'use client'

import { useQuery } from '@tanstack/react-query'
import { holds } from '../../../lib/fleet/can/rights.ts'
import type { Right, Rights } from '../../../lib/fleet/can/rights.ts'
import { placesOf } from '../../../lib/fleet/can/somewhere.ts'
import type { Places } from '../../../lib/fleet/can/somewhere.ts'
import { queryClient } from '../../ui/query-client.ts'
import { RIGHTS_FRESH_MS, rightsQuery } from './rights-query.ts'

/** After so many that say no it is left unknown, which denies nothing. */
const MOST = 100

/** Asks one namespace after the other until one of them says yes: for most people that is the first. */
async function findPlace(right: Right, namespaces: readonly string[]): Promise<Places> {
  const known = new Map<string, Rights>()
  for (const namespace of namespaces.slice(0, MOST)) {
    const rights = await queryClient()
      .fetchQuery(rightsQuery(namespace))
      .catch(() => null)
    if (rights === null) continue
    known.set(namespace, rights)
    if (holds(rights, right, '') === true) break
  }
  return placesOf(right, namespaces, known)
}

/**
 * Whether this person has a right in any of these namespaces, and in which one first; undefined while that is not
 * known. Nothing is asked while there is none.
 */
export function useSomewhere(right: Right, namespaces: readonly string[]): Places | undefined {
  return useQuery(
    {
      queryKey: ['somewhere', right, ...namespaces],
      queryFn: () => findPlace(right, namespaces),
      enabled: namespaces.length > 0,
      staleTime: RIGHTS_FRESH_MS,
      networkMode: 'always',
    },
    queryClient(),
  ).data
}
