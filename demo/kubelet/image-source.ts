import {
  ANNOTATION_CLONE_FROM_DIR,
  HIBERNATE_SNAPSHOT_TAG,
  LABEL_SNAPSHOT_CPU_CLASS,
} from '../../lib/cocoon/keys.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { readRestoreFromHibernate } from '../../lib/cocoon/snapshot-marks.ts'
import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'
import type { Snapshot } from '../registry.ts'
import { findSnapshot, type SnapshotStore } from './find-snapshot.ts'
import { faultOf } from './faults.ts'
import type { VkFeatures } from './vk-generation.ts'

/** Why there is no VM. */
export interface Failure {
  reason: string
  message: string
}

/** Where a new VM comes from, in the order of contract 6.1. */
export type ImageSource =
  | { from: 'directory' | 'fork' | 'run' }
  /** From the VM's own saved memory: asked for, or because the registry proves that it sleeps. */
  | { from: 'restore' | 'evidence'; snapshot: Snapshot }
  /** From an image, or from the snapshot of another VM. */
  | { from: 'clone'; snapshot: Snapshot | undefined }
  | ({ from: 'refused' } & Failure)

const refused = (message: string, reason = 'CreateFailed'): ImageSource => ({
  from: 'refused',
  reason,
  message,
})

/** Decides the source of a managed pod's VM on a node of this generation (contract 6.1). */
export function imageSource(pod: Pod, store: SnapshotStore, features: VkFeatures): ImageSource {
  const spec = parseVMSpec(pod)
  const cpuClass = pod.spec?.nodeSelector?.[LABEL_SNAPSHOT_CPU_CLASS] ?? ''
  if (features.cpuClass !== '' && cpuClass !== '' && cpuClass !== features.cpuClass) {
    return refused(`snapshot CPU class "${cpuClass}" is not that of this node, "${features.cpuClass}"`)
  }
  const reference = `${spec.vmName}:${HIBERNATE_SNAPSHOT_TAG}`
  const saved = store.registry.find(spec.vmName, HIBERNATE_SNAPSHOT_TAG)
  if (readRestoreFromHibernate(pod)) {
    if (saved) return { from: 'restore', snapshot: saved }
    return refused(`pull ${reference}: manifest unknown`, 'WakePullFailed')
  }
  const directory = pod.metadata?.annotations?.[ANNOTATION_CLONE_FROM_DIR] ?? ''
  if (features.evidence && faultOf(spec.image) === 'no-registry') {
    return refused(`probe ${reference}: registry: 503 Service Unavailable`, 'HibernateEvidenceUnavailable')
  }
  if (features.evidence && saved) {
    if (spec.forkFrom !== '' || directory !== '' || saved.baseImage !== spec.image) {
      const why = `${reference} exists but cannot be restored for this pod (base image ${saved.baseImage})`
      return refused(`${why}; delete the tag to boot afresh`, 'HibernateEvidenceFailed')
    }
    return { from: 'evidence', snapshot: saved }
  }
  if (directory !== '') return fromDirectory(directory, spec.mode, spec.forkFrom)
  if (spec.forkFrom !== '') return { from: 'fork' }
  return fromImage(store, spec)
}

function fromDirectory(directory: string, mode: string, forkFrom: string): ImageSource {
  if (forkFrom !== '' || mode === 'run') {
    return refused('clone-from-dir cannot be combined with fork-from or mode=run')
  }
  const canonical =
    /^(\/[^/]+)+$/.test(directory) && !directory.split('/').some((part) => /^\.\.?$/.test(part))
  if (!canonical) return refused(`clone-from-dir ${directory}: not an absolute canonical path`)
  return { from: 'directory' }
}

function fromImage(store: SnapshotStore, spec: ReturnType<typeof parseVMSpec>): ImageSource {
  const { image, mode, backend } = spec
  if (faultOf(image) === 'no-image') return refused(`pull ${image}: manifest unknown`)
  const found = findSnapshot(store, image, spec.forcePull)
  if (mode !== 'clone') {
    if (found.snapshot) {
      return refused(`${image} is a snapshot artifact; use mode=clone instead of mode=run`)
    }
    return { from: 'run' }
  }
  if (found.isVM && !found.snapshot) return refused(`pull snapshot ${image}: manifest unknown`)
  const taken = found.snapshot?.backend ?? backend
  if (taken !== backend) {
    return refused(`snapshot ${image} was taken with ${taken} but CocoonSet requests ${backend}`)
  }
  return { from: 'clone', snapshot: found.snapshot }
}
