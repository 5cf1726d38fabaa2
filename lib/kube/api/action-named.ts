import type { FleetService } from '../fleet-service.ts'
import { problemResponse } from '../problem.ts'
import { answerAction } from './answer-action.ts'
import type { ActionRoute } from './route.ts'

/** Answers a request whose action is the last part of its path. */
export function answerNamed(
  service: FleetService,
  request: Request,
  routes: Readonly<Record<string, ActionRoute>>,
  { action, ...place }: { namespace: string; name: string; action: string },
): Promise<Response> {
  const route = Object.hasOwn(routes, action) ? routes[action] : undefined
  if (route !== undefined) return answerAction(service, request, route, place)
  const problem = {
    status: 404,
    code: 'not-found' as const,
    title: 'There is no such action',
    detail: `Actions are ${Object.keys(routes).join(', ')}.`,
  }
  return Promise.resolve(problemResponse(problem))
}
