'use client'

import { holds } from '../../../lib/fleet/can/rights.ts'
import type { Rights } from '../../../lib/fleet/can/rights.ts'
import { namespacesOf } from '../../../lib/fleet/namespaces-of.ts'
import type { FleetIndex } from '../../../lib/live/live-state.ts'
import { useSomewhere } from './use-somewhere.ts'

/**
 * The rights to judge by whether a set can be made of what is here: those of where it can be, if that is only
 * elsewhere. The dialog then has the namespace to choose. Nobody is asked while it can be made here.
 */
export function useMakes(index: FleetIndex, here: Rights | undefined): Rights | undefined {
  const lacks = here !== undefined && holds(here, 'create cocoonsets', '') === false
  const others = lacks ? namespacesOf(index.vms.values(), index.sets.values()) : []
  const somewhere = useSomewhere('create cocoonsets', others)
  const [place] = somewhere?.held ?? []
  return place === undefined ? here : { namespace: place, may: { 'create cocoonsets': true } }
}
