'use client'

import { Clock } from 'lucide-react'
import { formatDuration, formatMoment } from '../../lib/fleet/duration.ts'
import type { SignedIn } from '../../lib/fleet/session.ts'
import { useSessionClient } from '../../lib/live/session-provider.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { useNow } from '../ui/use-now.ts'
import { bannerButton } from './banner-button.ts'
import { SessionBanner } from './session-banner.tsx'
import { useEndIsNear } from './use-session-end.ts'
import { useSignInHref } from './use-sign-in-href.ts'

function Left({ expiresAt }: { expiresAt: string }) {
  const left = Date.parse(expiresAt) - useNow(1_000)
  return <RelativeTime text={`in ${formatDuration(left)}`} iso={expiresAt} exact={formatMoment(expiresAt)} />
}

/** Said in the last minutes of a session: it can be renewed, as far as it can, or begun anew. */
export function EndNotice({ signedIn, fixed }: { signedIn: SignedIn; fixed: boolean }) {
  const client = useSessionClient()
  const signIn = useSignInHref()
  const near = useEndIsNear(signedIn, fixed)
  if (!near || signedIn.expiresAt === null) return null
  return (
    <SessionBanner
      Icon={Clock}
      tone="unreachable"
      label="End of the session"
      actions={
        <>
          {!fixed && (
            <button type="button" className={bannerButton} onClick={() => void client.refresh()}>
              Stay signed in
            </button>
          )}
          <a href={signIn} className={bannerButton}>
            Sign in again
          </a>
        </>
      }
    >
      <output>
        <b className="font-bold">Your session ends</b> {/* Said once, not with every second. */}
        <span aria-live="off">
          <Left expiresAt={signedIn.expiresAt} />
        </span>
        .{fixed && ' It cannot be made longer.'}
      </output>
    </SessionBanner>
  )
}
