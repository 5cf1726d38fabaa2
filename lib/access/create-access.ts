import { createHash } from 'node:crypto'
import type { Sight } from '../fleet/sight.ts'
import type { AuthMode } from '../fleet/session.ts'
import { originOf } from '../kube/caller.ts'
import type { Access } from '../kube/caller.ts'
import { noSignIn } from '../kube/no-sign-in.ts'
import { Refused } from '../kube/problem.ts'
import type { Transport } from '../kube/transport.ts'
import type { UserTransports } from '../kube/user-transports.ts'
import { senderOf } from './proxy/sender.ts'
import type { FreshTokens } from './oidc/fresh-tokens.ts'
import type { SessionStore } from './session/session-store.ts'
import type { Session } from './session/session.ts'
import type { Somebody } from './somebody.ts'
import { createBearers } from './token/bearers.ts'

export interface AccessOptions {
  mode: AuthMode
  /** The dashboard's own way to the API server. */
  transport: Transport
  users: UserTransports
  sessions: SessionStore
  /** Mode none: whoever reaches the dashboard may come in, by whatever name. */
  everybody: boolean
  /** Mode oidc: tokens that are renewed. */
  fresh?: FreshTokens
  /** What somebody may list. @throws Refused when that cannot be found out */
  sightOf(somebody: Somebody): Promise<Sight>
}

const notSignedIn = () =>
  new Refused({
    status: 401,
    code: 'not-signed-in',
    title: 'You are not signed in',
    detail: 'Nobody is signed in here (any more). Sign in, and ask again.',
  })

const unknownToCluster = () =>
  new Refused({
    status: 401,
    code: 'not-signed-in',
    title: 'You are not signed in',
    detail: 'The API server does not accept your credentials (any more). Sign in again.',
  })

const ownRefused = () =>
  new Refused({
    status: 503,
    code: 'unavailable',
    title: 'What you may see is not known',
    detail:
      'The API server does not accept the credentials of the dashboard itself: whoever runs it has to renew them. ' +
      'Nothing is shown until then.',
    retryAfter: 5,
  })

/** Bearers and people behind a proxy show with each request who they are: nothing is kept of them that could end. */
const isKept = (session: string) => session !== '' && !/^(bearer|proxy)-/.test(session)

const BEARER = /^bearer ([\w.~+/=-]{1,16384})$/i

/** The doors of all modes: each request is somebody's, by the means that the mode allows, or nobody's. */
export function createAccess(options: AccessOptions): Access {
  const { transport, users, sessions, everybody, fresh, sightOf } = options
  const bearers = createBearers(users)
  const unnamed = noSignIn(transport, everybody)

  const transportOf = (session: Session): Transport => {
    const { name, groups, credential, oidc } = session
    if (credential.kind === 'impersonation') return users.impersonating(name, groups)
    return users.withToken(oidc && fresh ? () => fresh.tokenOf(session) : credential.token)
  }
  const ofSession = (session: Session): Somebody => ({
    name: session.name,
    groups: session.groups,
    session: session.id,
    means: session.credential.kind,
    transport: transportOf(session),
  })
  const byCookie = async (headers: Headers): Promise<Somebody | null> => {
    const session = await sessions.read(headers)
    if (session === null) return null
    // Whoever the provider has signed out is so here.
    if (session.oidc && fresh) await fresh.tokenOf(session)
    return ofSession(session)
  }
  /** Scripts show the token itself, with every request. */
  const byBearer = async (headers: Headers): Promise<Somebody | null> => {
    const token = BEARER.exec(headers.get('authorization') ?? '')?.[1]
    if (token === undefined) return null
    const { name, groups } = await bearers.whose(token)
    const session = `bearer-${createHash('sha256').update(token).digest('base64url').slice(0, 22)}`
    return { name, groups, session, means: 'token', transport: users.withToken(token) }
  }
  const signedIn = async (headers: Headers): Promise<Somebody> => {
    const found = (await byBearer(headers)) ?? (await byCookie(headers))
    if (found === null) throw notSignedIn()
    return found
  }
  const FINDERS: Record<AuthMode, (headers: Headers) => Promise<Somebody | null>> = {
    // On the demo somebody may look as one of its users; everybody else is the dashboard itself.
    none: byCookie,
    token: signedIn,
    oidc: signedIn,
    // Only the word of the proxy counts, whatever else a request shows.
    proxy: async (headers) => senderOf(headers, users),
  }
  /** Whom the API server knows no more is signed out here, too: in all tabs, and out of all consoles. */
  const reviewedSight = async (found: Somebody): Promise<Sight> => {
    try {
      return await sightOf(found)
    } catch (error) {
      if (!(error instanceof Refused) || error.problem.code !== 'unauthorized') throw error
      if (found.means !== 'token') throw ownRefused()
      if (isKept(found.session)) sessions.endNow({ id: found.session })
      throw unknownToCluster()
    }
  }
  return {
    async callerOf(headers) {
      // The rule of mode none about names holds for those who look as somebody else, too.
      const nobody = options.mode === 'none' ? await unnamed.callerOf(headers) : null
      const found = await FINDERS[options.mode](headers)
      if (found === null) return nobody ?? Promise.reject(notSignedIn())
      return { ...found, ...originOf(headers), sight: () => reviewedSight(found) }
    },
    onEnd: (session, listener) => (isKept(session) ? sessions.onEnd(session, listener) : () => {}),
  }
}
