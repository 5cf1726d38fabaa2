'use client'

import { Check, CircleSlash, LoaderCircle, TriangleAlert } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { Operation, OperationResult, Usual } from '../../lib/fleet/operations/operation.ts'
import type { VmPhase } from '../../lib/fleet/vm.ts'
import { useServerNow } from '../../lib/live/fleet-hooks.ts'
import { Age } from '../vm/age.tsx'
import { ActivityRow } from './activity-row.tsx'
import { operationState, operationTitle } from './operation-words.ts'

const LOOKS: Record<OperationResult, { Icon: LucideIcon; tone: VmPhase }> = {
  running: { Icon: LoaderCircle, tone: 'creating' },
  done: { Icon: Check, tone: 'ready' },
  failed: { Icon: TriangleAlert, tone: 'failed' },
  dropped: { Icon: CircleSlash, tone: 'scheduling' },
}

/** One operation of the fleet, as the cluster tells of it. */
export function OperationItem({
  operation,
  usual,
  onLeave,
}: {
  operation: Operation
  usual: Usual | undefined
  onLeave: () => void
}) {
  const { Icon, tone } = LOOKS[operation.result]
  const now = useServerNow(operation.ended === null ? 1_000 : 10_000)
  return (
    <ActivityRow
      Icon={Icon}
      tone={tone}
      title={operationTitle(operation)}
      target={{ kind: operation.on, namespace: operation.namespace, name: operation.name }}
      onLeave={onLeave}
      loud={operation.result === 'running' || operation.result === 'failed'}
      aside={operation.ended !== null && <Age since={operation.ended} ago />}
      facts={[operation.namespace, operationState(operation, usual, now)]}
      lines={[operation.message]}
    />
  )
}
