'use client'

import type { ReactNode } from 'react'
import { useFleetIndex } from '../../lib/live/fleet-hooks.ts'
import { Stepper } from '../ui/stepper.tsx'

/** The classes of what is typed into, or chosen from, in a dialog. */
export const CONTROL =
  'h-8 min-w-0 rounded-lg border border-line bg-panel px-2 text-sm text-text max-tablet:h-10 max-tablet:text-[16px]'

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex items-center justify-between gap-3">
      <span>{label}</span>
      {children}
    </div>
  )
}

/** How many, from `least` up. */
export function AmountField(props: {
  label: string
  least: number
  value: number
  onChange: (value: number) => void
}) {
  return (
    <Row label={props.label}>
      <Stepper {...props} />
    </Row>
  )
}

/** Where to: a node of the fleet, or '' for any. */
export function NodeField({ node, onNode }: { node: string; onNode: (node: string) => void }) {
  const { nodes } = useFleetIndex()
  const names = [...nodes.values()].map(({ name }) => name).sort()
  return (
    <Row label="To node">
      <select
        aria-label="Node"
        value={node}
        onChange={(event) => onNode(event.target.value)}
        className={`${CONTROL} font-mono`}
      >
        <option value="">any (lift the pin)</option>
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </Row>
  )
}
