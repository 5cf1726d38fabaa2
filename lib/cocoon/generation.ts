import { annotationOf, writableAnnotations } from './annotations.ts'
import { goIntText, parseGoInt64 } from './go-int.ts'
import { ANNOTATION_COCOON_SET_GENERATION } from './keys.ts'
import type { MaybePod } from './kube-json.ts'

/** Generation of the set that the pod was stamped with; 0 when missing or unreadable (contract 2.8). */
export function readCocoonSetGeneration(pod: MaybePod): number {
  return parseGoInt64(annotationOf(pod, ANNOTATION_COCOON_SET_GENERATION)) ?? 0
}

/** Stamps the set's generation on the pod, 0 and negatives included; returns the pod (contract 2.8). */
export function stampCocoonSetGeneration<P extends MaybePod>(pod: P, generation: number): P {
  if (pod) writableAnnotations(pod)[ANNOTATION_COCOON_SET_GENERATION] = goIntText(generation)
  return pod
}
