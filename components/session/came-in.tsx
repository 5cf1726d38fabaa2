import type { SessionDocument } from '../../lib/fleet/session.ts'

/** Who is signed in already, on the page where people sign in: they may go on, or sign in as somebody else below. */
export function CameIn({ document: { signedIn }, to }: { document: SessionDocument; to: string }) {
  if (signedIn === null || signedIn.means === 'dashboard') return null
  return (
    <p className="rounded-lg bg-accent-wash px-3 py-2 text-accent-ink">
      You are signed in as <bdi className="font-bold wrap-anywhere">{signedIn.name}</bdi>.{' '}
      <a href={to} className="font-medium underline underline-offset-2 hover:no-underline">
        Go on
      </a>
      , or sign in as somebody else.
    </p>
  )
}
