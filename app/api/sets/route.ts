import { answerAction } from '../../../lib/kube/api/answer-action.ts'
import { CREATE_SET } from '../../../lib/kube/api/set-routes.ts'
import { fleetService } from '../../../lib/kube/process-service.ts'

export const dynamic = 'force-dynamic'

/** Creates a CocoonSet. */
export function POST(request: Request): Promise<Response> {
  return answerAction(fleetService(), request, CREATE_SET, null)
}
