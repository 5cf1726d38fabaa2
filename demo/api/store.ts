import type { KubeJson } from './json.ts'
import type { Resource } from './resource.ts'
import type { Change, ChangeType, RevisionLog } from './revision-log.ts'
import { createRevisionLog } from './revision-log.ts'
import { createTable } from './sorted-table.ts'
import type { SortedTable } from './sorted-table.ts'
import { tooOld } from './status.ts'
import type { Stored } from './stored.ts'
import { keyOf } from './stored.ts'

/** The cluster's memory: every object, one revision counter for all writes, and the latest writes. */
export interface Store {
  revision(): number
  log: RevisionLog
  get(resource: Resource, namespace: string, name: string): Stored | undefined
  /** Where the object with this uid is, whatever it is; undefined when it is gone. */
  byUid(uid: string): Stored | undefined
  /** In key order; namespace '' is all of them. */
  list(resource: Resource, namespace: string): Stored[]
  /** The list as it was at a revision. Throws 410 Expired when that is compacted. */
  listAt(resource: Resource, namespace: string, revision: number): Stored[]
  /** Stores the object under the next revision; its metadata.resourceVersion is set here. */
  put(resource: Resource, object: KubeJson): Stored
  remove(stored: Stored): Stored
  /** Called after every write, before the writer goes on. */
  onChange(listener: (change: Change) => void): () => void
  /** Objects of one resource per namespace, for what has to look at all of them. */
  resources(): Resource[]
}

export function createStore(options: { historyLimit: number; startRevision: number }): Store {
  let revision = options.startRevision
  const tables = new Map<string, SortedTable>()
  const kinds = new Map<string, Resource>()
  const uids = new Map<string, Stored>()
  const listeners = new Set<(change: Change) => void>()
  const log = createRevisionLog(options.historyLimit, revision)

  const table = (resource: Resource) => {
    const known = tables.get(resource.id)
    if (known) return known
    const created = createTable()
    tables.set(resource.id, created)
    kinds.set(resource.id, resource)
    return created
  }

  const commit = (
    type: ChangeType,
    resource: Resource,
    object: KubeJson,
    previous: Stored | undefined,
  ): Stored => {
    revision += 1
    const key = keyOf(object.metadata.namespace ?? '', object.metadata.name ?? '')
    const metadata = { ...object.metadata, resourceVersion: String(revision) }
    const stored: Stored = { resource, key, revision, object: { ...object, metadata }, bare: undefined }
    if (type === 'DELETED') table(resource).remove(key)
    else table(resource).put(stored)
    const uid = metadata.uid ?? ''
    if (type === 'DELETED') uids.delete(uid)
    else uids.set(uid, stored)
    if (previous) previous.bare = undefined
    const change: Change = { revision, type, stored, previous, frames: new Map() }
    log.append(change)
    for (const listener of listeners) listener(change)
    return stored
  }

  const rewind = (resource: Resource, namespace: string, to: number): Stored[] => {
    const past = table(resource).copy()
    for (let at = revision; at > to; at--) {
      const change = log.at(at)
      if (change === undefined) throw tooOld(to, log.compacted())
      if (change.stored.resource.id !== resource.id) continue
      if (change.previous) past.put(change.previous)
      else past.remove(change.stored.key)
    }
    return past.list(namespace)
  }

  return {
    revision: () => revision,
    log,
    get: (resource, namespace, name) => table(resource).get(keyOf(namespace, name)),
    byUid: (uid) => uids.get(uid),
    list: (resource, namespace) => table(resource).list(namespace),
    listAt(resource, namespace, at) {
      if (at < log.compacted()) throw tooOld(at, log.compacted())
      return at === revision ? table(resource).list(namespace) : rewind(resource, namespace, at)
    },
    put(resource, object) {
      const key = keyOf(object.metadata.namespace ?? '', object.metadata.name ?? '')
      const previous = table(resource).get(key)
      return commit(previous ? 'MODIFIED' : 'ADDED', resource, object, previous)
    },
    remove: (stored) =>
      commit('DELETED', stored.resource, stored.object, table(stored.resource).get(stored.key)),
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    resources: () => [...kinds.values()],
  }
}
