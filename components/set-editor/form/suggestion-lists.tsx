'use client'

import { useMemo } from 'react'
import type { RightsIn } from '../../../lib/fleet/can/rights.ts'
import { placesOf } from '../../../lib/fleet/can/somewhere.ts'
import { namespacesOf } from '../../../lib/fleet/namespaces-of.ts'
import { useFleetIndex } from '../../../lib/live/fleet-hooks.ts'
import type { FleetIndex } from '../../../lib/live/live-state.ts'
import { useRightsIn } from '../../act/rights/use-rights-in.ts'
import type { Suggests } from './layout.ts'

/** The id by which a field names its list of suggestions. */
export const suggestionsId = (kind: Suggests) => `set-editor-${kind}`

/** A list that is longer helps nobody. */
const MOST = 200

const SOURCES: Record<Suggests, (index: FleetIndex, rights: RightsIn) => Iterable<string>> = {
  namespaces: ({ vms, sets }, rights) =>
    placesOf('create cocoonsets', namespacesOf(vms.values(), sets.values()), rights).open,
  images: ({ sets }) => [...sets.values()].map(({ image }) => image),
  networks: ({ vms }) => [...vms.values()].map(({ network }) => network),
  pools: ({ nodes }) => [...nodes.values()].map(({ pool }) => pool),
  nodes: ({ nodes }) => [...nodes.values()].map(({ name }) => name),
  classes: ({ nodes }) => [...nodes.values()].map(({ snapshotCpuClass }) => snapshotCpuClass),
}

function List({ kind, words: given }: { kind: Suggests; words: Iterable<string> }) {
  const words = [...new Set(given)].filter((word) => word !== '').sort()
  return (
    <datalist id={suggestionsId(kind)}>
      {words.slice(0, MOST).map((word) => (
        <option key={word} value={word}>
          {word}
        </option>
      ))}
    </datalist>
  )
}

/**
 * What the fleet has now, for fields to suggest; of namespaces those where a set can be made. Apart from the form, which
 * a changing fleet must not render anew.
 */
export function SuggestionLists({ creating }: { creating: boolean }) {
  const index = useFleetIndex()
  const namespaces = creating ? namespacesOf(index.vms.values(), index.sets.values()) : NONE
  const { rights } = useRightsIn(namespaces)
  return useMemo(
    () =>
      (Object.keys(SOURCES) as Suggests[]).map((kind) => (
        <List key={kind} kind={kind} words={SOURCES[kind](index, rights)} />
      )),
    [index, rights],
  )
}

const NONE: readonly string[] = []
