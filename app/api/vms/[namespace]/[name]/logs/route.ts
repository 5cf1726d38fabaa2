import { fleetService } from '../../../../../../lib/kube/process-service.ts'
import { vmLogResponse } from '../../../../../../lib/kube/vm-log.ts'

export const dynamic = 'force-dynamic'

interface Context {
  params: Promise<{ namespace: string; name: string }>
}

/** The last lines of a VM's log. */
export async function GET(request: Request, context: Context): Promise<Response> {
  return vmLogResponse(fleetService(), request, await context.params)
}
