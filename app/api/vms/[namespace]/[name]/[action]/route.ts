import { answerNamed } from '../../../../../../lib/kube/api/action-named.ts'
import { VM_ACTIONS } from '../../../../../../lib/kube/api/vm-routes.ts'
import { fleetService } from '../../../../../../lib/kube/process-service.ts'

export const dynamic = 'force-dynamic'

/** Hibernates, wakes, restarts or forks one VM. */
export async function POST(
  request: Request,
  context: { params: Promise<{ namespace: string; name: string; action: string }> },
): Promise<Response> {
  return answerNamed(fleetService(), request, VM_ACTIONS, await context.params)
}
