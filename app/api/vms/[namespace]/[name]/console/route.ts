import { answerConsole } from '../../../../../../lib/console/answer-console.ts'
import { processConsoles } from '../../../../../../lib/console/process-consoles.ts'

export const dynamic = 'force-dynamic'

/** A ticket for the screen of one VM, or for a shell in it. */
export async function POST(
  request: Request,
  context: { params: Promise<{ namespace: string; name: string }> },
): Promise<Response> {
  return answerConsole(processConsoles(), request, await context.params)
}
