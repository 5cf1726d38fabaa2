import { ALL_SIGHT } from '../fleet/sight.ts'
import { isLoopback } from './api/loopback.ts'
import { NO_SIGN_IN, originOf } from './caller.ts'
import type { Access } from './caller.ts'
import { Refused } from './problem.ts'
import type { Transport } from './transport.ts'

/** The name in a Host header, without port and brackets. */
const nameOf = (host: string) => host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')

function requireThisMachine(host: string | null): void {
  // A page elsewhere whose name was made to point here is of the same origin as itself, but has another name.
  if (host === null || isLoopback(nameOf(host))) return
  throw new Refused({
    status: 403,
    code: 'no-sign-in',
    title: 'Nobody may come in by this name',
    detail:
      `This dashboard has no sign-in and answers this machine only, under the names localhost and 127.0.0.1, not ` +
      `${host.slice(0, 100)}. Set AUTH_MODE to have people sign in, or ALLOW_UNAUTHENTICATED=true where something in ` +
      'front of it decides who may come.',
  })
}

/**
 * `AUTH_MODE=none`: everybody who comes is the dashboard itself, and sees and does what it may. Only this machine comes,
 * unless `everybody` says that somebody has decided otherwise.
 */
export const noSignIn = (transport: Transport, everybody = false): Access => ({
  async callerOf(headers) {
    if (!everybody) requireThisMachine(headers.get('host'))
    return {
      name: NO_SIGN_IN,
      groups: [],
      session: '',
      means: 'dashboard',
      transport,
      sight: async () => ALL_SIGHT,
      ...originOf(headers),
    }
  },
  onEnd: () => () => {},
})
