import { fleetService } from '../../lib/kube/process-service.ts'

export const dynamic = 'force-dynamic'

/** The watches have their first list; until then the answer says how each stands. */
export function GET(): Response {
  const service = fleetService()
  const ready = service.synced()
  return Response.json(
    { ready, watches: service.freshness() },
    { status: ready ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  )
}
