import { answerAction } from '../../../../../lib/kube/api/answer-action.ts'
import { DELETE_VM } from '../../../../../lib/kube/api/vm-routes.ts'
import { fleetService } from '../../../../../lib/kube/process-service.ts'
import { vmDetailResponse } from '../../../../../lib/kube/vm-detail.ts'

export const dynamic = 'force-dynamic'

interface Context {
  params: Promise<{ namespace: string; name: string }>
}

/** One VM in depth: its row, its pod's conditions and annotations, its events. */
export async function GET(request: Request, context: Context): Promise<Response> {
  return vmDetailResponse(fleetService(), request, await context.params)
}

/** Deletes the pod of a VM of no set. */
export async function DELETE(request: Request, context: Context): Promise<Response> {
  return answerAction(fleetService(), request, DELETE_VM, await context.params)
}
