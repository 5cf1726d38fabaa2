import { LogIn, TriangleAlert } from 'lucide-react'
import type { SessionDocument } from '../../lib/fleet/session.ts'
import { buttonClasses } from '../ui/button.tsx'

/** A name for people of an issuer, which is an address. */
const hostOf = (issuer: string) => URL.parse(issuer)?.host ?? issuer

function Trouble({ notice }: { notice: string }) {
  if (notice === '') return null
  return (
    <p
      role="alert"
      data-phase="failed"
      className="chip-problem flex gap-2 rounded-lg px-3 py-2 wrap-anywhere"
    >
      <TriangleAlert aria-hidden size={14} strokeWidth={1.9} className="mt-0.5 shrink-0" />
      <bdi className="min-w-0">{notice}</bdi>
    </p>
  )
}

/** The identity provider asks who one is. */
export function OidcWay({ document: { oidc, notice }, to }: { document: SessionDocument; to: string }) {
  return (
    <div className="space-y-3">
      <Trouble notice={notice} />
      <a
        href={`/api/session/oidc?to=${encodeURIComponent(to)}`}
        className={buttonClasses('primary', 'w-full !h-auto min-h-8 py-1.5 whitespace-normal')}
      >
        <LogIn aria-hidden size={14} strokeWidth={1.9} className="shrink-0" />
        {oidc === null ? 'Continue to sign in' : <span>Continue with {hostOf(oidc.issuer)}</span>}
      </a>
      <p className="text-xs text-muted">
        You are asked there who you are, and come back here. What you may see and do is what the cluster
        allows you.
      </p>
    </div>
  )
}

/** Nothing can be done on this page: somebody else signs people in. */
export function ProxyWay({ document: { notice, signedIn }, to }: { document: SessionDocument; to: string }) {
  if (signedIn !== null) return null
  return (
    <div className="space-y-3">
      <p>
        A proxy in front of this dashboard signs people in, and says with each request who sends it. Of you it
        said nothing that can be believed.
      </p>
      <Trouble notice={notice} />
      <p className="text-muted">
        Open the dashboard by the address of that proxy. If you came by it, tell whoever runs it: it has to
        set the header of the user’s name (<code className="font-mono text-xs">PROXY_USER_HEADER</code>), and
        its own address has to be among <code className="font-mono text-xs">TRUSTED_PROXIES</code>.
      </p>
      <a href={to} className={buttonClasses('outline', 'w-full')}>
        Try again
      </a>
    </div>
  )
}
