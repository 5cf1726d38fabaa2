import { flagOf, markFlag } from './annotations.ts'
import { ANNOTATION_HIBERNATE } from './keys.ts'
import type { MaybePod } from './kube-json.ts'

/** Whether the pod is asked to hibernate (contract 2.7). */
export function readHibernateState(pod: MaybePod): boolean {
  return flagOf(pod, ANNOTATION_HIBERNATE)
}

/** Asks for hibernation, or takes the request back by deleting the key; returns the pod (contract 2.7). */
export function applyHibernateState<P extends MaybePod>(hibernate: boolean, pod: P): P {
  if (hibernate) return markFlag(pod, ANNOTATION_HIBERNATE)
  delete pod?.metadata?.annotations?.[ANNOTATION_HIBERNATE]
  return pod
}
