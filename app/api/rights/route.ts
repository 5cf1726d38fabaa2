import { answerRights } from '../../../lib/kube/rights/answer-rights.ts'
import { fleetService } from '../../../lib/kube/process-service.ts'

export const dynamic = 'force-dynamic'

/** What whoever asks may do in a namespace. */
export function GET(request: Request): Promise<Response> {
  return answerRights(fleetService(), request)
}
