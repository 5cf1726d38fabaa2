import { answerFleet } from '../../../lib/kube/api/read-fleet.ts'
import { fleetService } from '../../../lib/kube/process-service.ts'

export const dynamic = 'force-dynamic'

/** The whole fleet as plain rows, for scripts: as far as who asks may see it. */
export function GET(request: Request): Promise<Response> {
  return answerFleet(fleetService(), request)
}
