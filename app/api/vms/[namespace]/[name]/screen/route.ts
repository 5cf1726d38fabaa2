import { processConsoles } from '../../../../../../lib/console/process-consoles.ts'
import { answerScreen } from '../../../../../../lib/console/screens/answer-screen.ts'

export const dynamic = 'force-dynamic'

/** A small picture of the screen of one VM. */
export async function GET(
  request: Request,
  context: { params: Promise<{ namespace: string; name: string }> },
): Promise<Response> {
  return answerScreen(processConsoles(), request, await context.params)
}
