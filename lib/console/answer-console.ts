import { randomUUID } from 'node:crypto'
import type { ConsoleAnswer } from '../fleet/console/answer.ts'
import { problemsAnswered, readQuery } from '../kube/api/answer-action.ts'
import { ORIGIN_UNKNOWN, ownOrigins } from '../kube/api/own-origin.ts'
import { parseInput } from '../kube/api/parse-input.ts'
import { readJsonBody } from '../kube/api/request-body.ts'
import { consoleBody, noQuery, placeParams } from '../kube/api/schemas.ts'
import { callerOf, viewFor } from '../kube/caller-of.ts'
import { Refused } from '../kube/problem.ts'
import type { Consoles } from './consoles.ts'
import { noteNoTicket } from './note-console.ts'
import { CONSOLE_OPENERS } from './openers.ts'
import { requireConsoleRight } from './rights.ts'
import { SUBPROTOCOL } from './web-socket/handshake.ts'

const tooMany = new Refused({
  status: 429,
  code: 'too-many-consoles',
  title: 'Too many consoles are open',
  detail:
    'No more consoles may be open at a time: close one and try again. ' +
    'CONSOLES_PER_USER and CONSOLES_TOTAL say how many may.',
  retryAfter: 5,
})

/** Without a known origin no WebSocket would be let in, and a browser could not say why. */
function requireOwnOrigin(request: Request, { settings }: Consoles): void {
  if (ownOrigins(request.headers.get('host'), settings.publicOrigins).length > 0) return
  const title = 'The dashboard does not know its own address'
  throw new Refused({
    status: 403,
    code: 'cross-site',
    title,
    detail: `No console could be opened: ${ORIGIN_UNKNOWN}.`,
  })
}

/**
 * `POST /api/vms/{namespace}/{name}/console`: a ticket for one WebSocket, once everything that is asked when it opens
 * has been asked now, so that a page can say what is in the way.
 */
export function answerConsole(consoles: Consoles, request: Request, params: unknown): Promise<Response> {
  const { service, tickets, open } = consoles
  return problemsAnswered(async () => {
    const caller = await callerOf(service, request)
    requireOwnOrigin(request, consoles)
    const place = parseInput(placeParams, params, 'the path')
    parseInput(noQuery, readQuery(request), 'the query')
    const { uid, kind } = parseInput(consoleBody, await readJsonBody(request), 'the body')
    const begun = Date.now()
    const { name: who, session, transport } = caller
    const find = async () => {
      if (!open.hasRoomFor(who)) throw tooMany
      await requireConsoleRight(transport, place)
      const acting = { service, view: await viewFor(service, caller), transport, dryRun: false }
      const endpoint = await CONSOLE_OPENERS[kind].find(consoles, acting, { ...place, uid })
      const issuing = tickets.issue({ kind, who, session, ...place, uid, endpoint, viewer })
      if (issuing === null) throw tooMany
      return issuing
    }
    const viewer = randomUUID()
    const issued = await find().catch((error: unknown) => {
      noteNoTicket(service.trail, caller, kind, { ...place, uid }, begun, error)
      throw error
    })
    const answer: ConsoleAnswer = {
      path: `/api/vms/${place.namespace}/${place.name}/${kind}`,
      protocols: [SUBPROTOCOL, `ticket.${issued.ticket}`],
      expiresAt: new Date(issued.expiresAt).toISOString(),
      viewer,
    }
    return Response.json(answer, { headers: { 'cache-control': 'no-store' } })
  })
}
