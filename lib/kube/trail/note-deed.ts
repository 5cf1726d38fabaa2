import type { TrailRecord } from '../../fleet/trail/record.ts'
import type { Deed } from '../act/deed.ts'
import { Refused } from '../problem.ts'
import type { Doer, Trail } from './trail.ts'

/** What the trail says of work that ended so: an error that is none of ours is a fault of the dashboard. */
export function outcomeOf(error: unknown): Pick<TrailRecord, 'result' | 'code'> {
  if (error === null) return { result: 'done', code: '' }
  if (!(error instanceof Refused)) return { result: 'failed', code: 'fault' }
  const { code, status } = error.problem
  if (code === 'outcome-unknown') return { result: 'unknown', code }
  return { result: status >= 500 ? 'failed' : 'refused', code }
}

/**
 * Begins to take a deed down; what it answers is called once, with what was thrown or null, and with the uid of what
 * was made.
 */
export function beginNote(
  trail: Trail,
  doer: Doer,
  { action, target, detail = '' }: Pick<Deed, 'action' | 'target' | 'detail'>,
  dryRun: boolean,
): (error: unknown, madeUid?: string) => void {
  const begun = Date.now()
  return (error, madeUid = '') => {
    const { result, code } = outcomeOf(error)
    trail.note(doer, {
      action,
      target: target.uid === '' ? { ...target, uid: madeUid } : target,
      detail,
      begun,
      code,
      // Whatever a trial says, nothing was asked of the cluster but to try.
      result: dryRun ? 'tried' : result,
    })
  }
}
