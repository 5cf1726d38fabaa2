import { answerBulk, stopBulk } from '../../../lib/kube/api/bulk.ts'
import { fleetService } from '../../../lib/kube/process-service.ts'

export const dynamic = 'force-dynamic'

/** One action on many targets, answered line by line. */
export function POST(request: Request): Promise<Response> {
  return answerBulk(fleetService(), request)
}

/** Lets a list that is being worked through begin nothing more. */
export function DELETE(request: Request): Promise<Response> {
  return stopBulk(fleetService(), request)
}
