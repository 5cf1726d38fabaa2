import { annotationOf } from './annotations.ts'
import { DEFAULT_NODE_POOL, LABEL_NODE_POOL } from './keys.ts'
import type { MaybePod } from './kube-json.ts'

/** The pool that a pod asks for: nodeSelector, then label, then annotation, else `default` (contract 2.3). */
export function podNodePool(pod: MaybePod): string {
  return (
    pod?.spec?.nodeSelector?.[LABEL_NODE_POOL] ||
    pod?.metadata?.labels?.[LABEL_NODE_POOL] ||
    annotationOf(pod, LABEL_NODE_POOL) ||
    DEFAULT_NODE_POOL
  )
}
