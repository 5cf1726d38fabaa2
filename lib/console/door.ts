import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { CONSOLE_KINDS } from '../fleet/console/answer.ts'
import type { ConsoleKind } from '../fleet/console/answer.ts'
import { foreignSource, sourceOf } from '../kube/api/request-source.ts'
import { placeParams } from '../kube/api/schemas.ts'
import { callerOf, viewFor } from '../kube/caller-of.ts'
import type { Caller } from '../kube/caller.ts'
import { Refused } from '../kube/problem.ts'
import type { View } from '../kube/views.ts'
import type { Consoles } from './consoles.ts'
import { CONSOLE_OPENERS } from './openers.ts'
import { handshakeFault, offeredTicket, refuseUpgrade } from './web-socket/handshake.ts'

/** Exactly as it is sent: no query, no encoding, no absolute form. */
const PATH = new RegExp(`^/api/vms/([a-z0-9-]+)/([a-z0-9.-]+)/(${CONSOLE_KINDS.join('|')})$`)

/** The request as the rest of the dashboard knows requests; null for headers that are none. */
function plainRequest(request: IncomingMessage): Request | null {
  try {
    const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const)
    return new Request(`http://dashboard${request.url ?? ''}`, {
      headers: new Headers(headers.map(([n, v]) => [n, v])),
    })
  } catch {
    return null
  }
}

/** Seconds; a console ends when somebody closes it, which nobody can foretell. */
const RETRY_AFTER = 5

interface Knocking {
  caller: Caller
  view: View
}

/** Who knocks, and what they see; a refusal where nobody may come in. */
async function whoKnocks({ service }: Consoles, request: Request): Promise<Knocking | Refused> {
  try {
    const caller = await callerOf(service, request)
    return { caller, view: await viewFor(service, caller) }
  } catch (error) {
    if (error instanceof Refused) return error
    throw error
  }
}

/**
 * The one door for WebSockets. Whoever comes without everything that is asked for here is answered by HTTP and sees no
 * 101 (promise D1): the path of a console, a handshake as it should be, somebody who may act, one of the dashboard's own
 * pages, and a ticket for this very path that was not shown before.
 */
export async function enterConsole(
  consoles: Consoles,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  const refuse = (status: number, detail: string, retryAfter?: number) =>
    refuseUpgrade(socket, status, detail, retryAfter)
  socket.on('error', () => socket.destroy())
  const [, namespace = '', name = '', kind] = PATH.exec(request.url ?? '') ?? []
  const place = placeParams.safeParse({ namespace, name })
  if (kind === undefined || !place.success) return refuse(404, 'There is no WebSocket here.')
  const fault = handshakeFault(request)
  const plain = plainRequest(request)
  if (fault !== null || plain === null) {
    return refuse(400, `This is no WebSocket handshake: ${fault ?? 'its headers cannot be read'}.`)
  }
  const { service, settings, tickets, open } = consoles
  const knocking = await whoKnocks(consoles, plain)
  if (knocking instanceof Refused) {
    const { status, retryAfter } = knocking.problem
    return refuse(status, knocking.message, retryAfter)
  }
  const { caller, view } = knocking
  const foreign = foreignSource(
    sourceOf('upgrade', (header) => plain.headers.get(header)),
    settings.publicOrigins,
  )
  if (foreign !== null) return refuse(403, `Only the dashboard's own pages may open consoles: ${foreign}.`)
  const ticket = offeredTicket(request)
  const admission = ticket === null ? null : tickets.redeem(ticket)
  const { name: who, session, transport } = caller
  const wanted = { kind, namespace, name, who, session }
  const differs = Object.entries(wanted).some(
    ([key, value]) => admission?.[key as keyof typeof wanted] !== value,
  )
  if (admission === null || differs) {
    return refuse(401, 'The ticket is used up, too old, or for something else; ask for another one.')
  }
  if (!open.hasRoomFor(who)) return refuse(429, 'Too many consoles are open: close one.', RETRY_AFTER)
  socket.once(
    'close',
    service.access.onEnd(session, () => open.sessionGone(session)),
  )
  const acting = { service, view, transport, dryRun: false }
  CONSOLE_OPENERS[kind as ConsoleKind].open(consoles, {
    request,
    socket,
    head,
    admission,
    acting,
    doer: caller,
  })
}
