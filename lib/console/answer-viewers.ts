import type { ViewersAnswer } from '../fleet/console/viewers.ts'
import { problemsAnswered, readQuery } from '../kube/api/answer-action.ts'
import { parseInput } from '../kube/api/parse-input.ts'
import { readJsonBody } from '../kube/api/request-body.ts'
import { controlBody, noQuery, placeParams, viewersQuery } from '../kube/api/schemas.ts'
import { callerOf } from '../kube/caller-of.ts'
import { Refused } from '../kube/problem.ts'
import type { Consoles } from './consoles.ts'
import { requireConsoleRight } from './rights.ts'

const NO_STORE = { headers: { 'cache-control': 'no-store' } }

/** `GET …/viewers`: who else looks. Whoever has the screen open may know; others need the right to open it. */
export function answerViewers(consoles: Consoles, request: Request, params: unknown): Promise<Response> {
  const { service, presence } = consoles
  return problemsAnswered(async () => {
    const { name: who, transport } = await callerOf(service, request)
    const place = parseInput(placeParams, params, 'the path')
    const { uid, viewer = '' } = parseInput(viewersQuery, readQuery(request), 'the query')
    if (!presence.isOpen(uid, viewer, who)) {
      await requireConsoleRight(transport, place)
      // The right is to a name; the uid must be of the one that bears it.
      if (service.whole.vmNamed(place.namespace, place.name)?.uid !== uid)
        return Response.json({ viewers: [] }, NO_STORE)
    }
    const answer: ViewersAnswer = { viewers: presence.of(uid, viewer) }
    return Response.json(answer, NO_STORE)
  })
}

/** `POST …/viewers`: somebody who has the screen open takes the control, or gives it back. */
export function answerControl(consoles: Consoles, request: Request, params: unknown): Promise<Response> {
  const { service, presence } = consoles
  return problemsAnswered(async () => {
    const { name: who } = await callerOf(service, request)
    const { namespace, name } = parseInput(placeParams, params, 'the path')
    parseInput(noQuery, readQuery(request), 'the query')
    const { uid, viewer, control } = parseInput(controlBody, await readJsonBody(request), 'the body')
    if (!presence.isOpen(uid, viewer, who)) {
      throw new Refused({
        status: 409,
        code: 'not-possible',
        title: 'Only who looks can take the control',
        detail: `This console of ${namespace}/${name} is not open (any more). Open it, and ask again.`,
      })
    }
    presence.wish(uid, viewer, control)
    const answer: ViewersAnswer = { viewers: presence.of(uid, viewer) }
    return Response.json(answer, NO_STORE)
  })
}
