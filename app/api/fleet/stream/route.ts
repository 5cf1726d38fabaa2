import { fleetService } from '../../../../lib/kube/process-service.ts'
import { streamResponse } from '../../../../lib/kube/stream-response.ts'

export const dynamic = 'force-dynamic'

/** The fleet as server-sent events: a snapshot, then deltas, with beats in between (design 3). */
export function GET(request: Request): Response {
  return streamResponse(fleetService().stream, request)
}
