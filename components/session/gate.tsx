'use client'

import { usePathname } from 'next/navigation'
import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { SIGN_IN_PATH, signInHref } from '../../lib/fleet/return-path.ts'
import { useSession } from '../../lib/live/session-provider.tsx'
import type { SessionState } from '../../lib/live/session-state.ts'
import { Providers } from '../shell/providers.tsx'
import { Shell } from '../shell/shell.tsx'
import { SignedOut } from './signed-out.tsx'

/** Keeps nothing for whoever comes next: for somebody else the page is loaded anew, for nobody it forgets. */
function goOn(state: SessionState, path: string): void {
  if (state.kind === 'other') {
    if (state.to === null) location.reload()
    else location.replace(state.to)
  }
  // What was asked on demand is kept outside of what is shown.
  if (state.kind === 'out')
    void import('../ui/query-client.ts').then(({ queryClient }) => queryClient().clear())
  if (state.kind === 'out' && state.why === 'never' && path !== SIGN_IN_PATH) {
    location.replace(signInHref(location))
  }
}

/**
 * Shows a page, with all that it lives in, to whoever is signed in and for as long as they are. While nobody knows yet,
 * the page shows its own waiting. The page where people sign in is for everybody.
 */
export function Gate({ children }: { children: ReactNode }) {
  const path = usePathname()
  const state = useSession()
  useEffect(() => goOn(state, path), [state, path])
  if (path === SIGN_IN_PATH) return children
  if (state.kind === 'out' && state.why !== 'never')
    return <SignedOut why={state.why} mode={state.document?.mode} />
  if (state.kind === 'out' || state.kind === 'other') return null
  return (
    <Providers>
      <Shell>{children}</Shell>
    </Providers>
  )
}
