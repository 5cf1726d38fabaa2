import { fleetService } from '../../../../../lib/kube/process-service.ts'
import { vmDetailResponse } from '../../../../../lib/kube/vm-detail.ts'

export const dynamic = 'force-dynamic'

/** One VM in depth: its row, its pod's conditions and annotations, its events. */
export async function GET(
  request: Request,
  context: { params: Promise<{ namespace: string; name: string }> },
): Promise<Response> {
  return vmDetailResponse(fleetService(), await context.params, request.signal)
}
