import type { ClusterIdentity } from './wire.ts'

/** How people come in (`AUTH_MODE`). */
export type AuthMode = 'none' | 'token' | 'oidc' | 'proxy'

/** Who is signed in, as the page may know it. */
export interface SignedIn {
  /** As the API server knows them. */
  name: string
  groups: string[]
  /** How the API server is asked: by the dashboard's own account, by their own token, or by that account for them. */
  means: 'dashboard' | 'token' | 'impersonation'
  /** ISO 8601; null where there is no session. */
  since: string | null
  /** ISO 8601: when the session ends unless it is renewed; null where it does not end. */
  expiresAt: string | null
  /** Which of the demo's ready-made users this is; null for everybody else. */
  demoUser: string | null
}

/** A ready-made user of the embedded cluster. */
export interface DemoUser {
  id: string
  /** A name and a part. */
  title: string
  /** One sentence. */
  may: string
}

/** `GET /api/session`: who one is, and how one can come in. It holds nothing of what the cluster holds. */
export interface SessionDocument {
  mode: AuthMode
  cluster: ClusterIdentity
  signedIn: SignedIn | null
  /** Nobody signs in, and not only this machine may come: the page says so all the time. */
  openToAll: boolean
  /** Empty for a real cluster. */
  demoUsers: DemoUser[]
  oidc: { issuer: string } | null
  /** Why the last sign-in failed elsewhere than on this page; '' otherwise. */
  notice: string
}

/** `POST /api/session`: with what somebody signs in. */
export type SignIn = { token: string } | { demoUser: string }

/** `DELETE /api/session`, where a provider signed somebody in; all others are answered with nothing. */
export interface SignedOut {
  /** Where the browser goes to sign out of the provider, too. */
  logout: string
}
