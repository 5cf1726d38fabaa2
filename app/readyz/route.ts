import { WATCHED_RESOURCES } from '../../lib/fleet/freshness.ts'
import { fleetService } from '../../lib/kube/process-service.ts'

export const dynamic = 'force-dynamic'

/**
 * The watches have their first list; until then the answer says how each stands. Anybody may ask, so not in the words
 * in which the cluster refused the dashboard.
 */
export function GET(): Response {
  const service = fleetService()
  const ready = service.synced()
  const freshness = service.freshness()
  const watches = Object.fromEntries(
    WATCHED_RESOURCES.map((name) => [name, { state: freshness[name].state }]),
  )
  return Response.json(
    { ready, watches },
    { status: ready ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  )
}
