import { fleetService } from '../../lib/kube/process-service.ts'

export const dynamic = 'force-dynamic'

/** The watches have their first list; until then the answer says how each stands, and nothing of the cluster. */
export function GET(): Response {
  const service = fleetService()
  const ready = service.synced()
  const watches = Object.fromEntries(
    Object.entries(service.freshness()).map(([resource, { state }]) => [resource, state]),
  )
  return Response.json(
    { ready, watches },
    { status: ready ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  )
}
