import { annotationOf, writableAnnotations } from './annotations.ts'
import { goIntText, parseGoInt64 } from './go-int.ts'
import {
  ANNOTATION_LIFECYCLE_OBSERVED_GENERATION,
  ANNOTATION_LIFECYCLE_STATE,
  ANNOTATION_LIFECYCLE_STATE_MESSAGE,
} from './keys.ts'
import type { MaybePod } from './kube-json.ts'

/** What the node says of a VM's life. The state is raw text: unknown words pass through (contract 2.8). */
export interface LifecycleStatus {
  state: string
  observedGeneration: number
  message: string
}

/** Whether the state is one to wait for: ready, hibernated or failed, in exact lower case (contract 2.8). */
export function lifecycleStateIsTerminal(state: string): boolean {
  return state === 'ready' || state === 'hibernated' || state === 'failed'
}

/** The lifecycle state as written, "" when missing (contract 2.8). */
export function readLifecycleState(pod: MaybePod): string {
  return annotationOf(pod, ANNOTATION_LIFECYCLE_STATE)
}

/** Generation of the set that the state belongs to; 0 when missing or unreadable (contract 2.8). */
export function readLifecycleObservedGeneration(pod: MaybePod): number {
  return parseGoInt64(annotationOf(pod, ANNOTATION_LIFECYCLE_OBSERVED_GENERATION)) ?? 0
}

/** State, observed generation and message together (contract 2.8). */
export function readLifecycleStatus(pod: MaybePod): LifecycleStatus {
  return {
    state: readLifecycleState(pod),
    observedGeneration: readLifecycleObservedGeneration(pod),
    message: annotationOf(pod, ANNOTATION_LIFECYCLE_STATE_MESSAGE),
  }
}

/** The status as annotations of a merge patch: null deletes the key (contract 2.8). */
export function lifecycleStatusAnnotations(status: LifecycleStatus): Record<string, string | null> {
  return {
    [ANNOTATION_LIFECYCLE_STATE]: status.state,
    [ANNOTATION_LIFECYCLE_OBSERVED_GENERATION]: goIntText(status.observedGeneration),
    [ANNOTATION_LIFECYCLE_STATE_MESSAGE]: status.message === '' ? null : status.message,
  }
}

/** Writes the status; an empty message removes an older one's text. Returns the pod (contract 2.8). */
export function applyLifecycleStatus<P extends MaybePod>(status: LifecycleStatus, pod: P): P {
  if (!pod) return pod
  const annotations = writableAnnotations(pod)
  for (const [key, value] of Object.entries(lifecycleStatusAnnotations(status))) {
    if (value === null) delete annotations[key]
    else annotations[key] = value
  }
  return pod
}

/** One text per status, for telling two apart; its parts are separated by NUL (contract 2.8). */
export function lifecycleStatusSnapshot(status: LifecycleStatus): string {
  return [status.state, goIntText(status.observedGeneration), status.message].join('\0')
}
