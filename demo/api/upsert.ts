import type { Cluster } from './cluster.ts'
import { createObject } from './create.ts'
import { isRecord, textAt } from './json.ts'
import { storedOf } from './list.ts'
import type { Writer } from './request-context.ts'
import type { ObjectRoute } from './route.ts'
import type { Stored } from './stored.ts'

/** Whether an update is to create what it names: some kinds are simply put where they are missing. */
export function isUpsert(cluster: Cluster, route: ObjectRoute): boolean {
  return route.resource.upsert === true && route.subresource === '' && storedOf(cluster, route) === undefined
}

/** Creates what an update has put. The version that it may name is of an object that is gone. */
export function upsertObject(
  cluster: Cluster,
  route: ObjectRoute,
  body: unknown,
  writer: Writer,
): Promise<Stored> {
  const sent = isRecord(body) ? body : {}
  const { resourceVersion: _, uid: __, ...metadata } = isRecord(sent.metadata) ? sent.metadata : {}
  const name = textAt(metadata, 'name') || route.name
  return createObject(
    cluster,
    { ...route, verb: 'create', name: '' },
    { ...sent, metadata: { ...metadata, name } },
    writer,
  )
}
