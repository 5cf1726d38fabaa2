import { readRestoreFromHibernate } from '../../lib/cocoon/snapshot-marks.ts'
import { ANNOTATION_CLONE_FROM_DIR, HIBERNATE_SNAPSHOT_TAG } from '../../lib/cocoon/keys.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'
import type { Registry } from '../registry.ts'

/** Where a new VM comes from, in the order of contract 6.1. */
export type ImageSource =
  | { from: 'restore' | 'directory' | 'fork' | 'clone' | 'run' }
  /** Restored because the registry proves that the VM sleeps, although nobody asked for it. */
  | { from: 'evidence' }
  | { from: 'refused'; reason: string; message: string }

/** Decides the source of a managed pod's VM; `evidence` is whether this node heeds leftover tags (contract 6.1). */
export function imageSource(pod: Pod, registry: Registry, evidence: boolean): ImageSource {
  const spec = parseVMSpec(pod)
  const reference = `${spec.vmName}:${HIBERNATE_SNAPSHOT_TAG}`
  const snapshot = registry.find(spec.vmName, HIBERNATE_SNAPSHOT_TAG)
  if (readRestoreFromHibernate(pod)) {
    if (snapshot) return { from: 'restore' }
    return { from: 'refused', reason: 'WakePullFailed', message: `pull ${reference}: manifest unknown` }
  }
  const directory = pod.metadata?.annotations?.[ANNOTATION_CLONE_FROM_DIR] ?? ''
  if (evidence && snapshot) {
    if (spec.forkFrom !== '' || directory !== '' || snapshot.baseImage !== spec.image) {
      const message = `${reference} exists but cannot be restored for this pod (base image ${snapshot.baseImage}); delete the tag to boot afresh`
      return { from: 'refused', reason: 'HibernateEvidenceFailed', message }
    }
    return { from: 'evidence' }
  }
  if (directory !== '') return { from: 'directory' }
  if (spec.forkFrom !== '') return { from: 'fork' }
  return { from: spec.mode === 'clone' ? 'clone' : 'run' }
}
