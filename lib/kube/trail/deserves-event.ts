import type { TrailRecord, TrailTarget } from '../../fleet/trail/record.ts'

/** Refusals that those who look after the object want to know of; others say only that it had changed meanwhile. */
const TELLING: ReadonlySet<string> = new Set(['forbidden', 'admission-denied', 'conflict'])

/**
 * The object that an Event about this record belongs to; null where there is to be none: trials change nothing, and
 * sign-ins are about no object. What was not done may name anything at all, so it is told only of objects that are
 * known: nobody is to fill a namespace with Events about what never was.
 */
export function deservesEvent(
  { result, code, target }: TrailRecord,
  knows: (target: TrailTarget) => boolean,
): TrailTarget | null {
  if (target === null || result === 'tried') return null
  if (result === 'done') return target
  if (result === 'refused' && !TELLING.has(code)) return null
  return knows(target) ? target : null
}
