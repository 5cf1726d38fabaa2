import { annotationOf } from './annotations.ts'
import { ANNOTATION_OS } from './keys.ts'
import type { MaybePod } from './kube-json.ts'

// Unicode simple folding, as Go's EqualFold: the long s (U+017F) is an s.
const WINDOWS = /^windows$/iu

/** Whether a condition says Ready=True; the pod's phase is not asked (contract 2.3). */
export function isPodReady(pod: MaybePod): boolean {
  return pod?.status?.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') ?? false
}

/** Whether the pod's phase is Failed; Succeeded is not terminal here (contract 2.3). */
export function isPodTerminal(pod: MaybePod): boolean {
  return pod?.status?.phase === 'Failed'
}

/** Whether any container runs; init containers do not count (contract 2.3). */
export function isContainerRunning(pod: MaybePod): boolean {
  return pod?.status?.containerStatuses?.some((status) => Boolean(status.state?.running)) ?? false
}

/** Whether the os annotation says windows, in any case, untrimmed (contract 2.3). */
export function isWindowsPod(pod: MaybePod): boolean {
  return WINDOWS.test(annotationOf(pod, ANNOTATION_OS))
}

/** `NAMESPACE/NAME`, the key under which components remember a pod (contract 2.3). */
export function podKey(namespace: string, name: string): string {
  return `${namespace}/${name}`
}
