import { Refused } from '../problem.ts'

/**
 * Who may act while there is no sign-in: whoever sits at this machine, everybody who reaches the dashboard (only where
 * somebody said so), or nobody.
 */
export type Acting = 'here' | 'everybody' | 'nobody'

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost'])

/** Whether an address to listen on can be reached from this machine alone. */
export const isLoopback = (host: string) => LOOPBACK.has(host)

/** What the configuration says about it. */
export function actingFor(env: { HOST: string; ALLOW_UNAUTHENTICATED: boolean }): Acting {
  if (env.ALLOW_UNAUTHENTICATED) return 'everybody'
  return isLoopback(env.HOST) ? 'here' : 'nobody'
}

/** The name in a Host header, without port and brackets. */
const nameOf = (host: string) => host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')

const reasons: Record<Acting, (host: string | null) => string | undefined> = {
  everybody: () => undefined,
  nobody: () =>
    'This dashboard can be reached from other machines and has no sign-in, so it only shows. ' +
    'Set ALLOW_UNAUTHENTICATED=true to let everybody who reaches it act.',
  // A page elsewhere whose name was made to point here is of the same origin as itself, but has another name.
  here: (host) =>
    host === null || isLoopback(nameOf(host))
      ? undefined
      : `This dashboard acts for this machine only, under the names localhost and 127.0.0.1, not ${host.slice(0, 100)}. ` +
        'Set ALLOW_UNAUTHENTICATED=true where something in front of it decides who may act.',
}

/** Lets a request pass whose sender may act. @throws Refused saying why not and what to do */
export function requireActor(acting: Acting, request: Request): void {
  const detail = reasons[acting](request.headers.get('host'))
  if (detail === undefined) return
  throw new Refused({ status: 403, code: 'no-sign-in', title: 'Nobody may act here', detail })
}
