import { closedTo } from '../../lib/access/door.ts'
import { answerNamed } from '../../lib/kube/api/action-named.ts'
import { answerAction } from '../../lib/kube/api/answer-action.ts'
import { answerBulk, stopBulk } from '../../lib/kube/api/bulk.ts'
import { answerSet } from '../../lib/kube/api/read-set.ts'
import { CREATE_SET, DELETE_SET, EDIT_SET, SET_ACTIONS } from '../../lib/kube/api/set-routes.ts'
import { DELETE_HIBERNATION, DELETE_VM, VM_ACTIONS } from '../../lib/kube/api/vm-routes.ts'
import { problemResponse } from '../../lib/kube/problem.ts'
import type { FleetService } from '../../lib/kube/fleet-service.ts'
import { vmDetailResponse } from '../../lib/kube/vm-detail.ts'

interface Params {
  namespace: string
  name: string
  action: string
}

type Handler = (service: FleetService, request: Request, params: Params) => Response | Promise<Response>

/** What the files under `app/api` do, for a fleet service of one's own: Next keeps but one in a process. */
const ROUTES: Record<string, Handler> = {
  'GET /api/vms/:namespace/:name': (service, request, params) => vmDetailResponse(service, request, params),
  'DELETE /api/vms/:namespace/:name': (service, request, { namespace, name }) =>
    answerAction(service, request, DELETE_VM, { namespace, name }),
  'POST /api/vms/:namespace/:name/:action': (service, request, params) =>
    answerNamed(service, request, VM_ACTIONS, params),
  'POST /api/sets': (service, request) => answerAction(service, request, CREATE_SET, null),
  'GET /api/sets/:namespace/:name': (service, request, { namespace, name }) =>
    answerSet(service, request, { namespace, name }),
  'PUT /api/sets/:namespace/:name': (service, request, { namespace, name }) =>
    answerAction(service, request, EDIT_SET, { namespace, name }),
  'DELETE /api/sets/:namespace/:name': (service, request, { namespace, name }) =>
    answerAction(service, request, DELETE_SET, { namespace, name }),
  'POST /api/sets/:namespace/:name/:action': (service, request, params) =>
    answerNamed(service, request, SET_ACTIONS, params),
  'DELETE /api/hibernations/:namespace/:name': (service, request, { namespace, name }) =>
    answerAction(service, request, DELETE_HIBERNATION, { namespace, name }),
  'POST /api/bulk': (service, request) => answerBulk(service, request),
  'DELETE /api/bulk': (service, request) => stopBulk(service, request),
}

/** The routes that a dashboard answers, by method and path. */
export const ROUTE_NAMES = Object.keys(ROUTES)

/** Answers as the dashboard's routes do, behind its door; 404 for what is none. */
export async function dispatch(service: FleetService, request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  const headers = Object.fromEntries(request.headers)
  const closed = closedTo(
    { method: request.method, target: pathname + search, headers },
    { dev: false, publicOrigins: [] },
  )
  if (closed !== null) return problemResponse(closed.problem)
  const parts = pathname.split('/').slice(1)
  const [, , namespace = '', name = '', action = ''] = parts
  const places = ['/:namespace', '/:name', '/:action'].slice(0, Math.max(0, parts.length - 2)).join('')
  const handler = ROUTES[`${request.method} /${parts.slice(0, 2).join('/')}${places}`]
  return handler
    ? handler(service, request, { namespace, name, action })
    : new Response(null, { status: 404 })
}
