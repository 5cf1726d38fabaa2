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

function TokenWay({ document, to }: WayProps) {
  return (
    <div className="space-y-4">
      <TokenForm to={to} first={document.demoUsers.length === 0} />
      <TokenHelp />
    </div>
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
  if (document.demoUsers.length === 0) return <Way document={document} to={to} />
  return (
    <div className="grid gap-5 wide:grid-cols-2">
      <DemoUsers users={document.demoUsers} to={to} />
      <div className="max-wide:border-t max-wide:border-line max-wide:pt-4 wide:border-l wide:border-line wide:pl-5">
        <Way document={document} to={to} />
      </div>
    </div>
  )
}

/** The page on which people sign in; it shows nothing of the cluster but its name. */
export function SignInPage({ to }: { to: string }) {
  const session = useSession()
  const document = 'document' in session ? session.document : null
  const isDemo = (document?.demoUsers.length ?? 0) > 0
  return (
    <main id="main" className="flex h-full flex-col overflow-y-auto px-5 py-8">
      <div
        className={`m-auto flex w-full flex-col gap-5 ${isDemo ? 'max-w-[440px] wide:max-w-[880px]' : 'max-w-[440px]'}`}
      >
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
                to <bdi className="font-medium wrap-anywhere text-text">{document.cluster.name}</bdi>
                {document.cluster.kind === 'demo' && ', a simulated cluster'}
              </p>
            )}
          </div>
          {document !== null && (
            <>
              <CameIn document={document} to={to} />
              <Ways document={document} to={to} />
            </>
          )}
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
