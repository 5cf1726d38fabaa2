import { fieldsOf } from '../../fleet/reader.ts'
import { metadataOf } from '../act/object-metadata.ts'
import { readLive } from '../act/read-live.ts'
import { callerOf } from '../caller-of.ts'
import type { FleetService } from '../fleet-service.ts'
import { Refused } from '../problem.ts'
import { parseInput } from './parse-input.ts'
import { problemsAnswered } from './answer-action.ts'
import { placeParams } from './schemas.ts'

/**
 * `GET /api/sets/{namespace}/{name}`: the set as the API server has it now. `document` is what an editor edits, and
 * `PUT` takes it back as it is.
 */
export function answerSet(service: FleetService, request: Request, params: unknown): Promise<Response> {
  return problemsAnswered(async () => {
    const caller = await callerOf(service, request)
    const { namespace, name } = parseInput(placeParams, params, 'the path')
    const set = await readLive(caller, { resource: 'cocoonsets', namespace, name })
    if (set === null) {
      throw new Refused({
        status: 404,
        code: 'not-found',
        title: `There is no CocoonSet ${namespace}/${name}`,
        detail: `There is no CocoonSet ${namespace}/${name}. It may have been deleted.`,
      })
    }
    const { uid, resourceVersion, generation, labels, annotations } = metadataOf(set)
    const { apiVersion, kind, spec } = set
    const metadata = { namespace, name, uid, resourceVersion, generation, labels, annotations }
    const body = { document: { apiVersion, kind, metadata, spec }, status: fieldsOf(set.status) }
    return Response.json(body, { headers: { 'cache-control': 'no-store' } })
  })
}
