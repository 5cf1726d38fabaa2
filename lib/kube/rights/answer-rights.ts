import { problemsAnswered, readQuery } from '../api/answer-action.ts'
import { parseInput } from '../api/parse-input.ts'
import { rightsQuery } from '../api/schemas.ts'
import { callerOf } from '../caller-of.ts'
import type { FleetService } from '../fleet-service.ts'
import { findRights } from './find-rights.ts'

/** `GET /api/rights?namespace=`: what whoever asks may do there, as the API server says; at most half a minute old. */
export function answerRights(service: FleetService, request: Request): Promise<Response> {
  return problemsAnswered(async () => {
    const { session, name, transport } = await callerOf(service, request)
    const { namespace } = parseInput(rightsQuery, readQuery(request), 'the query')
    const key = JSON.stringify([session, name, namespace])
    const rights = await service.rights.get(key, () => findRights(transport, namespace))
    return Response.json(rights, { headers: { 'cache-control': 'no-store' } })
  })
}
