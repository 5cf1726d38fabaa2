'use client'

import type { VmSubject } from '../../lib/fleet/can/subjects.ts'
import type { Verdict } from '../../lib/fleet/can/verdict.ts'
import type { ConsoleViewer } from '../../lib/fleet/console/viewers.ts'
import { RightNotice } from '../act/rights/right-notice.tsx'
import { CredentialsForm } from './credentials-form.tsx'
import { JoinNotice } from './join-notice.tsx'
import type { ConsoleSession } from './session/console-session.ts'
import type { ConsoleState } from './session/console-state.ts'
import { EndNotice, IdentityNotice, OpeningNotice, ReplacedNotice } from './stage-notice.tsx'
import { VmNotice } from './vm-notice.tsx'

interface StageOverProps {
  subject: VmSubject
  verdict: Verdict
  /** The right that is missing to open it; null when none is. */
  lack: string | null
  session: ConsoleSession
  state: ConsoleState
  /** False for a VM under the name of another one, until somebody says that it is meant. */
  wanted: boolean
  onWanted: () => void
  /** Those to be asked about before the screen is joined. */
  others: readonly ConsoleViewer[]
  onJoin: (how: { viewOnly: boolean }) => void
}

/**
 * What stands in place of the picture: why there is none, and what to do. A right that is missing comes first, which no
 * waiting gives; then the VM's own reasons.
 */
export function StageOver({
  subject,
  verdict,
  lack,
  session,
  state,
  wanted,
  onWanted,
  others,
  onJoin,
}: StageOverProps) {
  const { name } = subject.vm
  if (lack !== null) return <RightNotice title="You may not open its screen" lack={lack} />
  if (!verdict.ok) return <VmNotice subject={subject} reason={verdict.reason} />
  if (!wanted) return <ReplacedNotice name={name} onOpen={onWanted} />
  if (state.at === 'closed' && others.length > 0) {
    return <JoinNotice name={name} viewers={others} onJoin={onJoin} />
  }
  const cancel = () => session.leave()
  switch (state.at) {
    case 'open':
      return null
    case 'closed':
      return <OpeningNotice name={name} attempt={0} />
    case 'opening':
      return <OpeningNotice name={name} attempt={state.attempt} />
    case 'credentials':
      return (
        <CredentialsForm
          name={name}
          fields={state.fields}
          refusal={state.refusal}
          onAnswer={session.answer}
          onCancel={cancel}
        />
      )
    case 'identity':
      return <IdentityNotice fingerprint={state.fingerprint} onApprove={session.approve} onCancel={cancel} />
    case 'waiting':
      return <EndNotice end={state.end} until={state.until} onOpen={session.open} onStop={cancel} />
    case 'over':
      return <EndNotice end={state.end} until={null} onOpen={session.open} onStop={cancel} />
  }
}
