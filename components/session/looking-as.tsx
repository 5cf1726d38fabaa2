'use client'

import { Eye } from 'lucide-react'
import { useState } from 'react'
import type { DemoUser } from '../../lib/fleet/session.ts'
import { useSessionClient } from '../../lib/live/session-provider.tsx'
import { SessionBanner } from './session-banner.tsx'
import { bannerButton } from './banner-button.ts'

/** Said while somebody looks at the demo as one of its users; `stops` leads back to the dashboard itself. */
export function LookingAs({ user: { title, may }, stops }: { user: DemoUser; stops: boolean }) {
  const client = useSessionClient()
  const [trouble, setTrouble] = useState('')
  const [first = title] = title.split(',')
  const stop = async () => {
    const outcome = await client.signOut()
    if ('problem' in outcome) setTrouble(outcome.problem.detail ?? outcome.problem.title ?? '')
  }
  return (
    <SessionBanner
      Icon={Eye}
      label="Looking as a user of the demo"
      actions={
        stops && (
          <button type="button" className={bannerButton} onClick={() => void stop()}>
            Stop looking as {first}
          </button>
        )
      }
    >
      <b className="font-bold">You look as {title}.</b> <span className="max-tablet:hidden">{may}</span>
      {trouble !== '' && <span role="alert"> It could not be stopped: {trouble}</span>}
    </SessionBanner>
  )
}
