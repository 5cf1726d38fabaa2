import type { Problem } from '../../lib/fleet/writes/answer.ts'
import { outcomeIsOpen } from './send-act.ts'
import type { NotDone } from './send-act.ts'

/** A webhook that does not say what it does to the world is not asked in a trial; the real request may well pass. */
const NO_TRIALS = /does not support dry run/i

/** Whether a trial was refused, or could not be made at all: then the real request may still be asked for. */
export function trialOutcome(error: NotDone): {
  state: 'refused' | 'untried'
  problem: Partial<Problem>
} {
  const untried = outcomeIsOpen(error) || NO_TRIALS.test(error.problem.detail ?? '')
  return { state: untried ? 'untried' : 'refused', problem: error.problem }
}
