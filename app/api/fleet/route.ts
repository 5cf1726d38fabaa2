import { fleetService } from '../../../lib/kube/process-service.ts'

export const dynamic = 'force-dynamic'

/** The whole fleet as plain rows, for scripts. */
export function GET(): Response {
  return Response.json(fleetService().whole.document(), { headers: { 'cache-control': 'no-store' } })
}
