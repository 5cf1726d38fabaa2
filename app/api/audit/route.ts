import { answerAudit } from '../../../lib/kube/trail/answer-audit.ts'
import { fleetService } from '../../../lib/kube/process-service.ts'

export const dynamic = 'force-dynamic'

/** Who did what. */
export function GET(request: Request): Promise<Response> {
  return answerAudit(fleetService(), request)
}
