'use client'

import { elsewhereWords, placesOf } from '../../../lib/fleet/can/somewhere.ts'
import { namespacesOf } from '../../../lib/fleet/namespaces-of.ts'
import { useFleetIndex } from '../../../lib/live/fleet-hooks.ts'
import { Stepper } from '../../ui/stepper.tsx'
import type { Wish } from '../act.ts'
import type { FieldProps } from '../field-props.ts'
import { useRightsIn } from '../rights/use-rights-in.ts'
import { serverWords } from './field-words.ts'
import { TextField } from './text-field.tsx'

const sorted = (texts: Iterable<string>) => [...new Set(texts)].filter((text) => text !== '').sort()

/** What is chosen of a set that is made from a VM; all else of it is as with the VM. */
export function NewSetForm({ wish, flaws, problem, onWish }: FieldProps) {
  const { vms, sets, nodes } = useFleetIndex()
  const { intoSet } = wish
  const change = (part: Partial<Wish['intoSet']>) => onWish({ ...wish, intoSet: { ...intoSet, ...part } })
  const wrong = (field: keyof Wish['intoSet']) => flaws[field] ?? serverWords(problem, field)
  const pools = sorted([...nodes.values()].map(({ pool }) => pool))
  const namespaces = namespacesOf(vms.values(), sets.values())
  const places = placesOf('create cocoonsets', namespaces, useRightsIn(namespaces).rights)
  const elsewhere = places.open.includes(intoSet.namespace) ? '' : elsewhereWords(places)
  const strange = intoSet.nodePool !== '' && pools.length > 0 && !pools.includes(intoSet.nodePool)
  return (
    <div className="grid grid-cols-2 items-start gap-3 max-tablet:grid-cols-1">
      <TextField
        label="Name of the set"
        value={intoSet.name}
        flaw={wrong('name')}
        onChange={(name) => change({ name })}
      />
      <TextField
        label="Namespace"
        value={intoSet.namespace}
        flaw={wrong('namespace')}
        hint={elsewhere}
        choices={places.open}
        onChange={(namespace) => change({ namespace })}
      />
      <TextField
        label="Node pool"
        value={intoSet.nodePool}
        flaw={wrong('nodePool')}
        hint={strange ? 'No node of this pool is known: its VMs would wait for one.' : ''}
        choices={pools}
        onChange={(nodePool) => change({ nodePool })}
      />
      <div data-phase="failed" className="space-y-1">
        <span className="block text-xs text-muted">Sub-agents besides the main agent</span>
        <Stepper
          label="Sub-agents"
          least={0}
          value={intoSet.replicas}
          onChange={(replicas) => change({ replicas })}
        />
        {wrong('replicas') !== '' && <p className="text-xs text-phase-ink">{wrong('replicas')}</p>}
      </div>
    </div>
  )
}
