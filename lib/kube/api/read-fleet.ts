import { callerOf, viewFor } from '../caller-of.ts'
import type { FleetService } from '../fleet-service.ts'
import { problemsAnswered } from './answer-action.ts'

/** `GET /api/fleet`: the whole fleet as plain rows, as far as who asks may list it. */
export function answerFleet(service: FleetService, request: Request): Promise<Response> {
  return problemsAnswered(async () => {
    const view = await viewFor(service, await callerOf(service, request))
    return Response.json(view.document(), { headers: { 'cache-control': 'no-store' } })
  })
}
