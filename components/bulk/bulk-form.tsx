'use client'

import type { ReactNode } from 'react'
import type { BulkArgument, BulkArguments } from '../../lib/fleet/bulk/actions.ts'
import { AmountField, NodeField } from '../act/wish-fields.tsx'

interface FormProps {
  given: BulkArguments
  onGiven: (given: BulkArguments) => void
}

const FIELDS: Record<BulkArgument, (props: FormProps) => ReactNode> = {
  count: ({ given, onGiven }) => (
    <AmountField
      label="How many more of each"
      least={1}
      value={given.count}
      onChange={(count) => onGiven({ ...given, count })}
    />
  ),
  replicas: ({ given, onGiven }) => (
    <AmountField
      label="Sub-agents of each"
      least={0}
      value={given.replicas}
      onChange={(replicas) => onGiven({ ...given, replicas })}
    />
  ),
  node: ({ given, onGiven }) => (
    <NodeField node={given.node} onNode={(node) => onGiven({ ...given, node })} />
  ),
}

/** What an action needs to know, the same for all its targets; nothing for one that leaves no choice. */
export function BulkForm({ takes, ...props }: FormProps & { takes: BulkArgument | null }) {
  return takes === null ? null : FIELDS[takes](props)
}
