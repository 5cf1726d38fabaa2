import type { Cluster } from './cluster.ts'
import type { KubeJson } from './json.ts'
import type { Writer } from './request-context.ts'
import type { Resource } from './resource.ts'
import type { Stored } from './stored.ts'
import { keyOf } from './stored.ts'

/** Stores an object, or answers what would have been stored when the write is only tried. */
export function store(cluster: Cluster, resource: Resource, object: KubeJson, writer: Writer): Stored {
  if (!writer.dryRun) return cluster.store.put(resource, object)
  const { namespace = '', name = '', resourceVersion = '0' } = object.metadata
  return { resource, key: keyOf(namespace, name), revision: Number(resourceVersion), object, bare: undefined }
}

/** Removes an object, unless the removal is only tried. */
export function remove(cluster: Cluster, stored: Stored, writer: Writer): Stored {
  return writer.dryRun ? stored : cluster.store.remove(stored)
}
