'use client'

import { useEffect } from 'react'
import type { ReactNode } from 'react'
import type { AuthMode, SessionDocument } from '../../lib/fleet/session.ts'
import { useSession } from '../../lib/live/session-provider.tsx'
import { Mark } from '../shell/mark.tsx'
import { ThemeSwitch } from '../shell/theme-switch.tsx'
import { buttonClasses } from '../ui/button.tsx'
import { CameIn } from './came-in.tsx'
import { DemoUsers } from './demo-users.tsx'
import { OidcWay, ProxyWay } from './other-ways.tsx'
import { TokenForm } from './token-form.tsx'
import { TokenHelp } from './token-help.tsx'

interface WayProps {
  document: SessionDocument
  to: string
}

function TokenWay({ to }: WayProps) {
  return (
    <>
      <TokenForm to={to} />
      <TokenHelp />
    </>
  )
}

function NoWay({ document, to }: WayProps) {
  return (
    <div className="space-y-3">
      <p className="text-muted">
        {document.demoUsers.length > 0
          ? 'Nobody has to sign in here: without it you are the dashboard itself, which may do everything in this demo.'
          : 'Nobody signs in to this dashboard.'}
      </p>
      <a href={to} className={buttonClasses('primary', 'w-full')}>
        Go to the dashboard
      </a>
    </div>
  )
}

/** How people come in, by mode. */
const WAYS: Record<AuthMode, (props: WayProps) => ReactNode> = {
  none: NoWay,
  token: TokenWay,
  oidc: OidcWay,
  proxy: ProxyWay,
}

function Ways({ document, to }: WayProps) {
  const Way = WAYS[document.mode]
  // Where nobody has to sign in there is nothing to wait for.
  const passes = document.mode === 'none' && document.demoUsers.length === 0
  useEffect(() => {
    if (passes) location.replace(to)
  }, [passes, to])
  return (
    <>
      <CameIn document={document} to={to} />
      <Way document={document} to={to} />
      {document.demoUsers.length > 0 && <DemoUsers users={document.demoUsers} to={to} />}
    </>
  )
}

/** The page on which people sign in; it shows nothing of the cluster but its name. */
export function SignInPage({ to }: { to: string }) {
  const session = useSession()
  const document = 'document' in session ? session.document : null
  return (
    <main id="main" className="flex h-full flex-col overflow-y-auto px-5 py-8">
      <div className="m-auto flex w-full max-w-[440px] flex-col gap-5">
        <header className="flex items-center gap-2.5">
          <Mark size={26} />
          <span className="text-[15px] font-bold">Cocoon</span>
          <span className="ml-auto">
            <ThemeSwitch />
          </span>
        </header>
        <section className="surface space-y-4 p-5 max-tablet:p-4" aria-labelledby="sign-in">
          <div>
            <h1 id="sign-in" className="text-lg leading-tight font-bold">
              Sign in
            </h1>
            {document !== null && (
              <p className="mt-1 text-muted">
                to the fleet of{' '}
                <bdi className="font-medium text-text wrap-anywhere">{document.cluster.name}</bdi>
                {document.cluster.kind === 'demo' && ', a simulated cluster: no VM in it is real'}
              </p>
            )}
          </div>
          {document !== null && <Ways document={document} to={to} />}
          {session.kind === 'asking' && session.trouble !== '' && (
            <p role="alert" className="text-muted">
              The dashboard’s server cannot be reached: {session.trouble}. The page keeps trying.
            </p>
          )}
        </section>
      </div>
    </main>
  )
}
