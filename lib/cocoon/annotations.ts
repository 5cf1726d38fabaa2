import type { MaybePod, Pod } from './kube-json.ts'

/** An annotation's text; "" when the pod, its annotations or the key are missing (contract 2). */
export function annotationOf(pod: MaybePod, key: string): string {
  return pod?.metadata?.annotations?.[key] ?? ''
}

/** The pod's annotations for writing; creates the map when it is missing. */
export function writableAnnotations(pod: Pod): Record<string, string> {
  pod.metadata ??= {}
  pod.metadata.annotations ??= {}
  return pod.metadata.annotations
}

/** Whether an annotation is exactly `"true"`: the contract's only spelling of yes (contract 2.5, 2.7). */
export function flagOf(pod: MaybePod, key: string): boolean {
  return annotationOf(pod, key) === 'true'
}

/** Sets a flag annotation to `"true"` and returns the pod; null is returned as null. */
export function markFlag<P extends MaybePod>(pod: P, key: string): P {
  if (pod) writableAnnotations(pod)[key] = 'true'
  return pod
}
