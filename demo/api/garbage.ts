import type { OwnerReference } from '../../lib/cocoon/kube-json.ts'
import type { Cluster } from './cluster.ts'
import { FOREGROUND, ORPHAN, deleteObject } from './deletion.ts'
import type { Propagation } from './delete-options.ts'
import { createDependents } from './dependents.ts'
import type { Writer } from './request-context.ts'
import type { Stored } from './stored.ts'
import { isFinished } from './update.ts'
import { remove, store } from './write.ts'

const COLLECTOR: Writer = {
  user: { username: 'system:serviceaccount:kube-system:generic-garbage-collector', groups: [] },
  dryRun: false,
}

const finalizersOf = (stored: Stored) => stored.object.metadata.finalizers ?? []
const isDeleting = (stored: Stored) => stored.object.metadata.deletionTimestamp !== undefined

/**
 * Deletes what its owners left behind, as the controller manager's garbage collector: a little later than
 * the owner, foreground owners after their blocking dependents, orphans not at all.
 */
export function collectGarbage(cluster: Cluster): () => void {
  const dependents = createDependents()
  const queue = new Set<string>()
  let cancel: (() => void) | undefined

  const enqueue = (uid: string | undefined) => {
    if (!uid) return
    queue.add(uid)
    cancel ??= cluster.clock.after(0, drain)
  }
  const drain = () => {
    cancel = undefined
    const uids = [...queue]
    queue.clear()
    for (const uid of uids) collect(uid)
  }
  /** An owner of a kind that this server does not have may exist elsewhere: it counts as present. */
  const isAbsent = (owner: OwnerReference) =>
    cluster.registry.byKind(owner.apiVersion ?? '', owner.kind ?? '') !== undefined &&
    cluster.store.byUid(owner.uid ?? '') === undefined

  const drop = (stored: Stored, propagation: Propagation) => {
    const options = { grace: undefined, propagation, uid: '', resourceVersion: '', dryRun: false, sent: {} }
    deleteObject(cluster, stored, options, COLLECTOR)
  }
  const withoutFinalizer = (stored: Stored, finalizer: string) => {
    const { finalizers = [], ...rest } = stored.object.metadata
    const left = finalizers.filter((one) => one !== finalizer)
    const metadata = left.length > 0 ? { ...rest, finalizers: left } : rest
    const object = { ...stored.object, metadata }
    if (isFinished(metadata)) remove(cluster, { ...stored, object }, COLLECTOR)
    else store(cluster, stored.resource, object, COLLECTOR)
  }
  const disown = (stored: Stored, gone: (owner: OwnerReference) => boolean) => {
    const { ownerReferences = [], ...rest } = stored.object.metadata
    const left = ownerReferences.filter((owner) => !gone(owner))
    const metadata = left.length > 0 ? { ...rest, ownerReferences: left } : rest
    store(cluster, stored.resource, { ...stored.object, metadata }, COLLECTOR)
  }
  const present = (uid: string) => dependents.of(uid).flatMap((one) => cluster.store.byUid(one) ?? [])

  const collect = (uid: string) => {
    const stored = cluster.store.byUid(uid)
    if (!stored) return
    if (isDeleting(stored) && finalizersOf(stored).includes(ORPHAN)) {
      for (const one of present(uid)) disown(one, (owner) => owner.uid === uid)
      withoutFinalizer(stored, ORPHAN)
    } else if (isDeleting(stored) && finalizersOf(stored).includes(FOREGROUND)) collectForeground(stored, uid)
    else collectDependent(stored)
  }
  const collectForeground = (owner: Stored, uid: string) => {
    const left = present(uid)
    for (const one of left) if (!isDeleting(one)) drop(one, 'Foreground')
    const blocks = present(uid).some((one) =>
      one.object.metadata.ownerReferences?.some((ref) => ref.uid === uid && ref.blockOwnerDeletion),
    )
    if (!blocks) withoutFinalizer(owner, FOREGROUND)
  }
  const collectDependent = (stored: Stored) => {
    const owners = stored.object.metadata.ownerReferences ?? []
    const absent = owners.filter(isAbsent)
    if (absent.length === 0 || isDeleting(stored)) return
    if (absent.length === owners.length) drop(stored, 'Background')
    else disown(stored, isAbsent)
  }

  const leave = cluster.store.onChange(({ type, stored }) => {
    const { uid = '', ownerReferences = [] } = stored.object.metadata
    dependents.set(uid, type === 'DELETED' ? [] : ownerReferences.map((owner) => owner.uid ?? ''))
    if (type === 'DELETED') {
      for (const one of dependents.of(uid)) enqueue(one)
      for (const owner of ownerReferences) enqueue(owner.uid)
    } else if (ownerReferences.length > 0 || isDeleting(stored)) enqueue(uid)
  })
  return () => {
    leave()
    cancel?.()
  }
}
