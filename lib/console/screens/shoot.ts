import { SCREEN_WORDS } from '../../fleet/console/screen.ts'
import type { Acting, Target } from '../../kube/act/deed.ts'
import { Refused } from '../../kube/problem.ts'
import type { Consoles } from '../consoles.ts'
import { CaptureFailed } from '../rfb-client/capture-failed.ts'
import { findScreen } from '../target/find-screen.ts'
import { captureScreen } from './capture-screen.ts'
import type { Shot } from './screens.ts'

/**
 * One attempt at a picture, by the rules of a console: the target is found anew and judged by the same policy. While
 * somebody has the console open, only servers that are known to share are dialled.
 * @throws Refused when the VM is gone, or the API server does not say
 */
export async function shoot(
  consoles: Consoles,
  acting: Acting,
  place: Omit<Target, 'resource'>,
  shared: boolean,
): Promise<Shot> {
  const words = (trouble: keyof typeof SCREEN_WORDS) => ({ trouble, detail: SCREEN_WORDS[trouble].detail })
  if (!shared && consoles.open.of(place.uid).length > 0) return words('in-use')
  try {
    const endpoint = await findScreen(acting, consoles.policy, place)
    const password = consoles.settings.screenPassword
    return { frame: await captureScreen({ endpoint, password, shared }) }
  } catch (error) {
    if (error instanceof CaptureFailed) return words(error.trouble)
    if (error instanceof Refused && error.problem.code === 'not-possible') {
      return { trouble: 'asleep', detail: error.problem.detail }
    }
    if (error instanceof Refused && error.problem.code === 'console-target-refused') {
      return { trouble: 'target-refused', detail: error.problem.detail }
    }
    throw error
  }
}
