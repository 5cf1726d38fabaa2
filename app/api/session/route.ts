import { answerSession, answerSignIn, answerSignOut } from '../../../lib/access/session/answer-session.ts'
import { fleetService } from '../../../lib/kube/process-service.ts'
import { processSignIn } from '../../../lib/access/sign-in.ts'

export const dynamic = 'force-dynamic'

/** Who one is, and how to sign in. */
export async function GET(request: Request): Promise<Response> {
  return answerSession(processSignIn(), request)
}

/** Signs in. */
export async function POST(request: Request): Promise<Response> {
  return answerSignIn(processSignIn(), fleetService().trail, request)
}

/** Signs out. */
export async function DELETE(request: Request): Promise<Response> {
  return answerSignOut(processSignIn(), fleetService().trail, request)
}
