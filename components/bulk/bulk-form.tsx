'use client'

import type { ReactNode } from 'react'
import type { BulkArgument, BulkArguments } from '../../lib/fleet/bulk/actions.ts'
import { useFleetIndex } from '../../lib/live/fleet-hooks.ts'
import { Stepper } from '../ui/stepper.tsx'

interface FormProps {
  given: BulkArguments
  onGiven: (given: BulkArguments) => void
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex items-center justify-between gap-3">
      <span>{label}</span>
      {children}
    </div>
  )
}

function NodeChoice({ given, onGiven }: FormProps) {
  const { nodes } = useFleetIndex()
  const names = [...nodes.values()].map(({ name }) => name).sort()
  return (
    <select
      aria-label="Node"
      value={given.node}
      onChange={(event) => onGiven({ ...given, node: event.target.value })}
      className="h-8 min-w-0 rounded-lg border border-line bg-panel px-2 font-mono text-sm text-text max-tablet:h-10 max-tablet:text-[16px]"
    >
      <option value="">any (lift the pin)</option>
      {names.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  )
}

const FIELDS: Record<BulkArgument, (props: FormProps) => ReactNode> = {
  count: ({ given, onGiven }) => (
    <Row label="How many more of each">
      <Stepper
        label="How many more of each"
        least={1}
        value={given.count}
        onChange={(count) => onGiven({ ...given, count })}
      />
    </Row>
  ),
  replicas: ({ given, onGiven }) => (
    <Row label="Sub-agents of each">
      <Stepper
        label="Sub-agents of each"
        least={0}
        value={given.replicas}
        onChange={(replicas) => onGiven({ ...given, replicas })}
      />
    </Row>
  ),
  node: (props) => (
    <Row label="To node">
      <NodeChoice {...props} />
    </Row>
  ),
}

/** What an action needs to know, the same for all its targets; nothing for one that leaves no choice. */
export function BulkForm({ takes, ...props }: FormProps & { takes: BulkArgument | null }) {
  return takes === null ? null : FIELDS[takes](props)
}
