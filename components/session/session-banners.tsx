'use client'

import { useSession } from '../../lib/live/session-provider.tsx'
import { later } from '../ui/later.tsx'

const OpenToAll = later(() => import('./open-to-all.tsx').then((module) => module.OpenToAll))
const LookingAs = later(() => import('./looking-as.tsx').then((module) => module.LookingAs))
const EndNotice = later(() => import('./end-notice.tsx').then((module) => module.EndNotice))

/** What everybody who looks at any page has to know of who they are. */
export function SessionBanners() {
  const session = useSession()
  if (session.kind !== 'in') return null
  const { openToAll, signedIn, demoUsers, mode } = session.document
  const user = demoUsers.find(({ id }) => id === signedIn?.demoUser)
  return (
    <>
      {openToAll && <OpenToAll />}
      {user !== undefined && <LookingAs user={user} stops={mode === 'none'} />}
      {signedIn !== null && signedIn.expiresAt !== null && (
        <EndNotice signedIn={signedIn} fixed={session.fixed} />
      )}
    </>
  )
}
