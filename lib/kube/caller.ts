import type { Sight } from '../fleet/sight.ts'
import type { Transport } from './transport.ts'

/**
 * How the API server comes to see somebody: by the dashboard's own account (nobody signs in), by their own bearer token,
 * or by the dashboard's account speaking for them.
 */
export type Means = 'dashboard' | 'token' | 'impersonation'

/** Whoever sends a request: who they are to the cluster, and how the cluster is asked for them (design 6). */
export interface Caller {
  /** As the API server knows them; `NO_SIGN_IN` where nobody signs in. */
  name: string
  groups: readonly string[]
  /** Names one sign-in of theirs; it is no secret. '' where nobody signs in. */
  session: string
  means: Means
  /** Asks the API server as them. */
  transport: Transport
  /**
   * What of the shared fleet they may see, reviewed lately.
   * @throws Refused when that cannot be found out: then nothing may be shown
   */
  sight(): Promise<Sight>
  /** The address that the request came from; '' when it is not known. */
  from: string
  /** Names the request in logs. */
  requestId: string
}

/** Who may come in, and as whom: one of the modes of sign-in. */
export interface Access {
  /**
   * Who sends a request with these headers.
   * @throws Refused 401 `not-signed-in` when nobody is; 403 `no-sign-in` where this request must not act for anybody
   */
  callerOf(headers: Headers): Promise<Caller>
  /** Calls a listener once when a session ends before its time, until what this answers is called. */
  onEnd(session: string, listener: () => void): () => void
}

/** The name of everybody where nobody signs in. */
export const NO_SIGN_IN = 'the dashboard'

/** Set by `server.ts` on every request, over whatever a client sent: where it came from, and its id. */
export const PEER_HEADER = 'x-cocoon-peer'
export const REQUEST_ID_HEADER = 'x-request-id'

/** Where a request came from, and its name in logs, as `server.ts` noted them. */
export const originOf = (headers: Headers): Pick<Caller, 'from' | 'requestId'> => ({
  from: headers.get(PEER_HEADER) ?? '',
  requestId: headers.get(REQUEST_ID_HEADER) ?? '',
})
