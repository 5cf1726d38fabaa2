import { answerOidcCallback } from '../../../../../lib/access/oidc/answer-oidc.ts'
import { processSignIn } from '../../../../../lib/access/sign-in.ts'
import { fleetService } from '../../../../../lib/kube/process-service.ts'

export const dynamic = 'force-dynamic'

/** The provider sends people back to this. */
export async function GET(request: Request): Promise<Response> {
  return answerOidcCallback(processSignIn(), fleetService().trail, request)
}
