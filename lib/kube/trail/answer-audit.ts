import { MOST_ENTRIES, trailPage } from '../../fleet/trail/answer.ts'
import type { TrailAnswer } from '../../fleet/trail/answer.ts'
import { fitsTrail, NO_TRAIL_FILTER } from '../../fleet/trail/filter.ts'
import { problemsAnswered, readQuery } from '../api/answer-action.ts'
import { parseInput } from '../api/parse-input.ts'
import { auditQuery } from '../api/schemas.ts'
import { sees } from '../../fleet/sight.ts'
import type { Sight } from '../../fleet/sight.ts'
import { callerOf } from '../caller-of.ts'
import type { FleetService } from '../fleet-service.ts'
import { readTrail, readTrailOf } from './read-trail.ts'

/** Where somebody with this sight knows of objects. */
function namespacesIn(service: FleetService, sight: Sight): string[] {
  const found = new Set<string>()
  for (const resource of ['pods', 'cocoonsets'] as const) {
    for (const namespace of service.namespaces(resource)) {
      if (sees(sight[resource], namespace)) found.add(namespace)
    }
  }
  return [...found].sort()
}

/**
 * `GET /api/audit`: who did what through the dashboard, as the Events say that the cluster shows whoever asks. There is
 * no store behind it: what the cluster has forgotten is in the log alone.
 */
export function answerAudit(service: FleetService, request: Request): Promise<Response> {
  return problemsAnswered(async () => {
    const { transport, sight } = await callerOf(service, request)
    const query = parseInput(auditQuery, readQuery(request), 'the query')
    const { limit = MOST_ENTRIES, after = '', ...wanted } = query
    const read =
      wanted.namespace === undefined
        ? await readTrail(transport, async () => namespacesIn(service, await sight()))
        : await readTrailOf(transport, wanted.namespace)
    const now = Date.now()
    const filter = { ...NO_TRAIL_FILTER, ...wanted }
    const fitting = read.entries.filter((entry) => fitsTrail(entry, filter, now))
    const answer: TrailAnswer = {
      ...trailPage(fitting, after, limit),
      found: fitting.length,
      read: read.entries.length,
      namespaces: read.namespaces,
      more: read.more,
      asOf: new Date(now).toISOString(),
    }
    return Response.json(answer, { headers: { 'cache-control': 'no-store' } })
  })
}
