import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Sight } from '../fleet/sight.ts'
import type { Access, Caller } from '../kube/caller.ts'

/** Somebody whose sight is looked for. */
export type Looker = Pick<Caller, 'session' | 'name' | 'groups' | 'transport'>

/** Finds what somebody may see; rejects with Refused when that cannot be found out. */
export type FindSight = (looker: Looker) => Promise<Sight>

/** A mode of sign-in, as the process runs it. */
export interface Gate {
  access: Access
  /**
   * Before any handler sees a request, and after strangers' claims were taken away: notes who sends it, for `callerOf`.
   * May put cookies on the answer; a WebSocket has none. Never rejects.
   */
  enter(request: IncomingMessage, response: ServerResponse | null): Promise<void>
}
