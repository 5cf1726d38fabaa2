import type { ActionAnswer } from '../../lib/fleet/writes/answer.ts'
import type { OwnTarget } from '../activity/own-operation.ts'
import { addOwn, finishOwn } from '../activity/own-store.ts'
import { remedyOf } from './problem-words.ts'
import { NotDone, outcomeIsOpen } from './send-act.ts'

const UNSEEN = 'It was done. The page has not heard of it from the cluster yet.'

/**
 * Sends a request and tells the activity drawer of it and of its answer, a refusal too.
 * @throws NotDone as `send` does
 */
export async function tellActivity(
  title: string,
  { kind, namespace, name }: OwnTarget,
  send: () => Promise<ActionAnswer>,
): Promise<ActionAnswer> {
  const id = addOwn({ title, target: { kind, namespace, name } })
  try {
    const answer = await send()
    finishOwn(id, 'accepted', answer.seen ? '' : UNSEEN)
    return answer
  } catch (error) {
    if (error instanceof NotDone) {
      const { title: what = '', detail = '' } = error.problem
      const words = [what, detail].filter((text) => text !== '').join(': ')
      finishOwn(id, outcomeIsOpen(error) ? 'unknown' : 'refused', words, remedyOf(error.problem))
    } else {
      finishOwn(id, 'unknown', error instanceof Error ? error.message : String(error))
    }
    throw error
  }
}
