'use client'

import { Sunrise } from 'lucide-react'
import { can } from '../../lib/fleet/can/can.ts'
import type { VmSubject } from '../../lib/fleet/can/subjects.ts'
import { useConnection } from '../../lib/live/fleet-hooks.ts'
import { ActButton } from './act-button.tsx'
import { useAsk } from './act-context.ts'
import { useVmRights } from './rights/use-rights.ts'
import { whileLive } from './while-live.ts'

/** Offers to wake a VM where it is looked for while it sleeps; nothing for one that does not. */
export function WakeButton({ subject }: { subject: VmSubject }) {
  const ask = useAsk()
  const { state } = useConnection()
  const { uid, namespace, name, phase } = subject.vm
  const may = useVmRights(phase === 'hibernated' ? namespace : '')
  if (phase !== 'hibernated') return null
  const verdict = whileLive(state, may('wake', subject, can.wake(subject)))
  return (
    <>
      <ActButton
        Icon={Sunrise}
        label="Wake"
        verdict={verdict}
        onAct={() => ask({ kind: 'vm', action: 'wake', uid, namespace, name })}
        onDenied={() => {}}
      />
      {/* Whoever came here to wake it should not have to ask why it cannot be. */}
      {!verdict.ok && (
        <p className="basis-full text-sm text-pretty text-muted">
          <bdi>{verdict.reason}</bdi>
        </p>
      )}
    </>
  )
}
