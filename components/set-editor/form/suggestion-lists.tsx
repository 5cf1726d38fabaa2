'use client'

import { useMemo } from 'react'
import { useFleetIndex } from '../../../lib/live/fleet-hooks.ts'
import type { FleetIndex } from '../../../lib/live/live-state.ts'
import type { Suggests } from './layout.ts'

export const suggestionsId = (kind: Suggests) => `set-editor-${kind}`

/** A list that is longer helps nobody. */
const MOST = 200

const SOURCES: Record<Suggests, (index: FleetIndex) => Iterable<string>> = {
  namespaces: ({ vms, sets }) => [...vms.values(), ...sets.values()].map(({ namespace }) => namespace),
  images: ({ sets }) => [...sets.values()].map(({ image }) => image),
  networks: ({ vms }) => [...vms.values()].map(({ network }) => network),
  pools: ({ nodes }) => [...nodes.values()].map(({ pool }) => pool),
  nodes: ({ nodes }) => [...nodes.values()].map(({ name }) => name),
  classes: ({ nodes }) => [...nodes.values()].map(({ snapshotCpuClass }) => snapshotCpuClass),
}

function List({ kind, index }: { kind: Suggests; index: FleetIndex }) {
  const words = [...new Set(SOURCES[kind](index))].filter((word) => word !== '').sort()
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

/** What the fleet has now, for fields to suggest. Apart from the form, which a changing fleet must not render anew. */
export function SuggestionLists() {
  const index = useFleetIndex()
  return useMemo(
    () => (Object.keys(SOURCES) as Suggests[]).map((kind) => <List key={kind} kind={kind} index={index} />),
    [index],
  )
}
