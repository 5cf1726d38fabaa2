import { answerNamed } from '../../../../../../lib/kube/api/action-named.ts'
import { SET_ACTIONS } from '../../../../../../lib/kube/api/set-routes.ts'
import { fleetService } from '../../../../../../lib/kube/process-service.ts'

export const dynamic = 'force-dynamic'

/** Suspends, resumes, forks, scales or migrates one CocoonSet. */
export async function POST(
  request: Request,
  context: { params: Promise<{ namespace: string; name: string; action: string }> },
): Promise<Response> {
  return answerNamed(fleetService(), request, SET_ACTIONS, await context.params)
}
