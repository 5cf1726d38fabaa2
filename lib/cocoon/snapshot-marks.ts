import { flagOf, markFlag } from './annotations.ts'
import { ANNOTATION_KEEP_SNAPSHOT_ON_DELETE, ANNOTATION_RESTORE_FROM_HIBERNATE } from './keys.ts'
import type { MaybePod } from './kube-json.ts'

/** Whether the pod's VM must come from its hibernate snapshot. Since 0.2.2 (contract 2.10). */
export function readRestoreFromHibernate(pod: MaybePod): boolean {
  return flagOf(pod, ANNOTATION_RESTORE_FROM_HIBERNATE)
}

/** Demands that the pod's VM comes from its hibernate snapshot; returns the pod. Since 0.2.3 (contract 2.10). */
export function markRestoreFromHibernate<P extends MaybePod>(pod: P): P {
  return markFlag(pod, ANNOTATION_RESTORE_FROM_HIBERNATE)
}

/** Whether the node keeps the local snapshot when the pod goes. Since 0.2.9 (contract 2.10). */
export function readKeepSnapshotOnDelete(pod: MaybePod): boolean {
  return flagOf(pod, ANNOTATION_KEEP_SNAPSHOT_ON_DELETE)
}

/** Tells the node to keep the local snapshot when the pod goes; returns the pod. Since 0.2.9 (contract 2.10). */
export function markKeepSnapshotOnDelete<P extends MaybePod>(pod: P): P {
  return markFlag(pod, ANNOTATION_KEEP_SNAPSHOT_ON_DELETE)
}
