import type { Cluster } from './cluster.ts'
import type { DeleteOptions } from './delete-options.ts'
import type { Deletion } from './deletion.ts'
import { checkDeletable, deleteObject } from './deletion.ts'
import type { Writer } from './request-context.ts'
import type { ObjectRoute } from './route.ts'
import type { Stored } from './stored.ts'
import { deleteRequest } from './write-request.ts'

/**
 * Deletes an object once admission lets it go; undefined when it went meanwhile. Rejects with 403 and 409, and
 * with what a webhook refuses it with.
 */
export async function admittedDeletion(
  cluster: Cluster,
  route: ObjectRoute,
  stored: Stored,
  options: DeleteOptions,
  writer: Writer,
): Promise<Deletion | undefined> {
  const trying = { ...writer, dryRun: options.dryRun }
  const { name = '', namespace = '' } = stored.object.metadata
  const own = { name: route.name, options: options.sent, old: stored.object }
  checkDeletable(stored, options)
  await cluster.admission.validate(deleteRequest(route, trying, own))
  const current = cluster.store.get(stored.resource, namespace, name)
  return current && deleteObject(cluster, current, options, trying)
}
