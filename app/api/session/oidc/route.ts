import { answerOidcStart } from '../../../../lib/access/oidc/answer-oidc.ts'
import { processSignIn } from '../../../../lib/access/sign-in.ts'
import { fleetService } from '../../../../lib/kube/process-service.ts'

export const dynamic = 'force-dynamic'

/** Begins to sign in at the provider. */
export async function GET(request: Request): Promise<Response> {
  return answerOidcStart(processSignIn(), fleetService().trail, request)
}
