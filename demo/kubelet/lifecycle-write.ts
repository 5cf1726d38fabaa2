import type { LifecycleStatus } from '../../lib/cocoon/lifecycle.ts'

/** States that begin something: only they replace a failure. */
const BEGINNINGS = new Set(['creating', 'hibernating'])

/**
 * Whether a node may write a lifecycle status over another: never an older generation's, and over `failed` only the
 * beginning of something new while the generation is the same (contract 6.2).
 */
export function admitsLifecycle(before: LifecycleStatus | undefined, next: LifecycleStatus): boolean {
  if (!before || before.state === '') return true
  if (next.observedGeneration < before.observedGeneration) return false
  if (before.state !== 'failed' || next.observedGeneration > before.observedGeneration) return true
  return next.state === 'failed' || BEGINNINGS.has(next.state)
}
