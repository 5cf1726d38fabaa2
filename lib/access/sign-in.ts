import type { AuthMode, DemoUser } from '../fleet/session.ts'
import type { ClusterIdentity } from '../fleet/wire.ts'
import type { Access } from '../kube/caller.ts'
import type { UserTransports } from '../kube/user-transports.ts'
import type { OidcSignIn } from './oidc/oidc-sign-in.ts'
import type { SessionStore } from './session/session-store.ts'

/** One of the demo's users, with the token by which somebody becomes them. */
export type DemoSignIn = DemoUser & { token: string }

/** All that the routes of signing in need. */
export interface SignIn {
  mode: AuthMode
  cluster: ClusterIdentity
  access: Access
  sessions: SessionStore
  users: UserTransports
  demoUsers: readonly DemoSignIn[]
  /** Where the pages are; empty where they are at localhost only. */
  publicOrigins: readonly string[]
  /** Mode oidc. */
  oidc?: OidcSignIn
  /** Mode none beyond this machine. */
  openToAll: boolean
}

/** Hangs on `globalThis` for the same reason as the fleet service: Next has copies of every module. */
const KEY = Symbol.for('cocoon-dashboard.sign-in')

const holder = globalThis as { [KEY]?: SignIn }

/** Makes this the way into this process. @throws Error when there is one already */
export function installSignIn(signIn: SignIn): void {
  if (holder[KEY] !== undefined) throw new Error('this process already has a way in')
  holder[KEY] = signIn
}

/** The process's way in. @throws Error when the page is served by something else than `server.ts` */
export function processSignIn(): SignIn {
  const signIn = holder[KEY]
  if (signIn === undefined)
    throw new Error('there is no way in: start the dashboard with npm start or npm run dev')
  return signIn
}
