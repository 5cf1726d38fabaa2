import type { ObjectMeta } from '../../lib/cocoon/kube-json.ts'
import { kubeTime } from '../kube-time.ts'
import type { Cluster } from './cluster.ts'
import { terminatingCrd } from './crd-lifecycle.ts'
import type { DeleteOptions, Propagation } from './delete-options.ts'
import type { KubeJson } from './json.ts'
import { textAt, valueAt } from './json.ts'
import { CRD_ID } from './registry.ts'
import type { Writer } from './request-context.ts'
import { conflict, forbidden } from './status.ts'
import type { Stored } from './stored.ts'
import { isFinished } from './update.ts'
import { remove, store } from './write.ts'

const DEFAULT_GRACE_SECONDS = 30
const TERMINAL = new Set(['Succeeded', 'Failed'])

export const FOREGROUND = 'foregroundDeletion'
export const ORPHAN = 'orphan'
const FINALIZER_OF: Readonly<Record<Propagation, string | undefined>> = {
  Background: undefined,
  Foreground: FOREGROUND,
  Orphan: ORPHAN,
}

const IMMORTAL = new Set(['default', 'kube-public', 'kube-system'])

/** Throws what a deletion is refused with before any webhook hears of it: 403 and 409. */
export function checkDeletable(stored: Stored, options: DeleteOptions): void {
  checkImmortal(stored)
  checkPreconditions(stored, options)
}

function checkImmortal({ resource, object }: Stored): void {
  const { name = '' } = object.metadata
  if (resource.id !== 'namespaces' || !IMMORTAL.has(name)) return
  throw forbidden(resource, name, 'this namespace may not be deleted')
}

function checkPreconditions(stored: Stored, options: DeleteOptions): void {
  const { name = '', uid = '' } = stored.object.metadata
  const about = { group: stored.resource.group, plural: stored.resource.kind }
  if (options.uid && options.uid !== uid) {
    const why =
      `the UID in the precondition (${options.uid}) does not match the UID in record (${uid}). ` +
      'The object might have been deleted and then recreated'
    throw conflict(about, name, why)
  }
  if (options.resourceVersion && options.resourceVersion !== String(stored.revision)) {
    const why =
      `the ResourceVersion in the precondition (${options.resourceVersion}) does not match the ResourceVersion ` +
      `in record (${stored.revision}). The object might have been modified`
    throw conflict(about, name, why)
  }
}

/** Only a pod that a kubelet holds ends gracefully: the kubelet deletes it for good with grace 0. */
function graceOf(stored: Stored, asked: number | undefined): number {
  const { object, resource } = stored
  if (resource.id !== 'pods' || !textAt(object, 'spec', 'nodeName')) return 0
  if (TERMINAL.has(textAt(object, 'status', 'phase'))) return 0
  const own = valueAt(object, 'spec', 'terminationGracePeriodSeconds')
  const grace = asked ?? (typeof own === 'number' ? own : DEFAULT_GRACE_SECONDS)
  // Less than nothing is the shortest that is still graceful, as in the original.
  return grace < 0 ? 1 : grace
}

function withPolicy(metadata: ObjectMeta, propagation: Propagation): ObjectMeta {
  const wanted = FINALIZER_OF[propagation]
  const kept = (metadata.finalizers ?? []).filter((one) => one !== FOREGROUND && one !== ORPHAN)
  const finalizers = wanted ? [...kept, wanted] : kept
  const { finalizers: _, ...rest } = metadata
  return finalizers.length > 0 ? { ...rest, finalizers } : rest
}

function marked(cluster: Cluster, stored: Stored, options: DeleteOptions): KubeJson {
  const { object } = stored
  const metadata = withPolicy(object.metadata, options.propagation)
  const grace = graceOf(stored, options.grace)
  const before = metadata.deletionGracePeriodSeconds
  if (metadata.deletionTimestamp !== undefined && (before === undefined || grace >= before)) {
    return { ...object, metadata }
  }
  const again = metadata.deletionTimestamp !== undefined
  const bumped = metadata.generation !== undefined && !again && { generation: metadata.generation + 1 }
  const deletionTimestamp = kubeTime(cluster.clock.now() + grace * 1000)
  // A namespace ends in its own time.
  const graceful = stored.resource.id !== 'namespaces' && { deletionGracePeriodSeconds: grace }
  const now = { ...metadata, ...bumped, deletionTimestamp, ...graceful }
  const status = stored.resource.id === 'namespaces' ? { status: { phase: 'Terminating' } } : {}
  return { ...object, metadata: now, ...status }
}

export interface Deletion {
  /** Gone for good, not only marked. */
  gone: boolean
  stored: Stored
}

/** A definition goes after its objects (crd-lifecycle.ts). */
function deleteDefinition(cluster: Cluster, stored: Stored, writer: Writer): Deletion {
  if (stored.object.metadata.deletionTimestamp) return { gone: false, stored }
  const object = terminatingCrd(stored.object, kubeTime(cluster.clock.now()))
  return { gone: false, stored: store(cluster, stored.resource, object, writer) }
}

/**
 * Deletes an object, or marks it when finalizers, a kubelet or a namespace's content have to go first.
 * Throws 409 when a precondition does not hold, 403 for namespaces that no cluster is without.
 */
export function deleteObject(
  cluster: Cluster,
  stored: Stored,
  options: DeleteOptions,
  writer: Writer,
): Deletion {
  checkDeletable(stored, options)
  if (stored.resource.id === CRD_ID) return deleteDefinition(cluster, stored, writer)
  const object = marked(cluster, stored, options)
  if (isFinished(object.metadata) && stored.resource.id !== 'namespaces') {
    // A pod is always deleted gracefully, if without any grace: it is marked before it goes.
    const last = stored.resource.id === 'pods' ? store(cluster, stored.resource, object, writer) : stored
    return { gone: true, stored: remove(cluster, last, writer) }
  }
  const unchanged =
    object.metadata.deletionTimestamp === stored.object.metadata.deletionTimestamp &&
    object.metadata.deletionGracePeriodSeconds === stored.object.metadata.deletionGracePeriodSeconds &&
    String(object.metadata.finalizers) === String(stored.object.metadata.finalizers)
  return { gone: false, stored: unchanged ? stored : store(cluster, stored.resource, object, writer) }
}
