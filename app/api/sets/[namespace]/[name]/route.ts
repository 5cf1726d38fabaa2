import { answerAction } from '../../../../../lib/kube/api/answer-action.ts'
import { answerSet } from '../../../../../lib/kube/api/read-set.ts'
import { DELETE_SET, EDIT_SET } from '../../../../../lib/kube/api/set-routes.ts'
import { fleetService } from '../../../../../lib/kube/process-service.ts'

export const dynamic = 'force-dynamic'

interface Context {
  params: Promise<{ namespace: string; name: string }>
}

/** One CocoonSet as an editor needs it. */
export async function GET(request: Request, context: Context): Promise<Response> {
  return answerSet(fleetService(), request, await context.params)
}

/** Replaces a CocoonSet by an edited document. */
export async function PUT(request: Request, context: Context): Promise<Response> {
  return answerAction(fleetService(), request, EDIT_SET, await context.params)
}

/** Deletes a CocoonSet and its VMs. */
export async function DELETE(request: Request, context: Context): Promise<Response> {
  return answerAction(fleetService(), request, DELETE_SET, await context.params)
}
