import { answerControl, answerViewers } from '../../../../../../lib/console/answer-viewers.ts'
import { processConsoles } from '../../../../../../lib/console/process-consoles.ts'

export const dynamic = 'force-dynamic'

interface Context {
  params: Promise<{ namespace: string; name: string }>
}

/** Who has the screen of one VM open through this dashboard. */
export async function GET(request: Request, context: Context): Promise<Response> {
  return answerViewers(processConsoles(), request, await context.params)
}

/** Takes the control of one VM's screen, or gives it back. */
export async function POST(request: Request, context: Context): Promise<Response> {
  return answerControl(processConsoles(), request, await context.params)
}
