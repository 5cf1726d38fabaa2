import { answerAction } from '../../../../../lib/kube/api/answer-action.ts'
import { DELETE_HIBERNATION } from '../../../../../lib/kube/api/vm-routes.ts'
import { fleetService } from '../../../../../lib/kube/process-service.ts'

export const dynamic = 'force-dynamic'

/** Removes a CocoonHibernation. */
export async function DELETE(
  request: Request,
  context: { params: Promise<{ namespace: string; name: string }> },
): Promise<Response> {
  return answerAction(fleetService(), request, DELETE_HIBERNATION, await context.params)
}
