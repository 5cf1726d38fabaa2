import type { ObjectMeta } from '../../lib/cocoon/kube-json.ts'
import { kubeTime } from '../kube-time.ts'
import { BUILTIN_RULES } from './builtin-rules.ts'
import type { Cluster } from './cluster.ts'
import { isEstablished, withNames } from './crd-naming.ts'
import type { KubeJson } from './json.ts'
import { isRecord } from './json.ts'
import { withManagers } from './field-managers.ts'
import { generatedName, metadataCauses } from './object-metadata.ts'
import { decodeObject } from './openapi/decode-object.ts'
import { CRD_ID } from './registry.ts'
import type { Writer } from './request-context.ts'
import type { Resource } from './resource.ts'
import type { ObjectRoute } from './route.ts'
import { customCauses, shaped } from './schema-admission.ts'
import { alreadyExists, badRequest, forbidden, invalid, notFound, statusError } from './status.ts'
import type { Stored } from './stored.ts'
import { keyOf } from './stored.ts'
import { writeRequest } from './write-request.ts'
import { store } from './write.ts'

function checkNamespace(cluster: Cluster, resource: Resource, namespace: string, name: string): void {
  if (!resource.namespaced) return
  const namespaces = cluster.registry.find('', 'v1', 'namespaces')
  const found = namespaces && cluster.store.get(namespaces, '', namespace)
  if (!found) throw notFound({ group: '', plural: 'namespaces' }, namespace)
  if (found.object.metadata.deletionTimestamp) {
    const why = `unable to create new content in namespace ${namespace} because it is being terminated`
    const refusal = forbidden(resource, name, why)
    const message = `namespace ${namespace} is being terminated`
    const causes = [{ reason: 'NamespaceTerminating', message, field: 'metadata.namespace' }]
    refusal.status.details = { ...refusal.status.details, causes }
    throw refusal
  }
}

function newMetadata(cluster: Cluster, route: ObjectRoute, sent: ObjectMeta): ObjectMeta {
  const { resource, namespace } = route
  if (sent.resourceVersion)
    throw statusError(500, '', 'resourceVersion should not be set on objects to be created')
  if (sent.namespace && sent.namespace !== namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request')
  }
  const {
    deletionTimestamp: _,
    deletionGracePeriodSeconds: __,
    selfLink: ___,
    ...kept
  }: ObjectMeta & { selfLink?: unknown } = sent
  const name = sent.name || (sent.generateName && generatedName(sent.generateName, cluster.random)) || ''
  return {
    ...kept,
    name,
    ...(resource.namespaced && { namespace }),
    uid: cluster.random.uuid(),
    ...(resource.generation && { generation: 1 }),
    creationTimestamp: kubeTime(cluster.clock.now()),
  }
}

/** Rules of a new object that come before admission: what the kind itself writes. */
function prepared(cluster: Cluster, resource: Resource, object: KubeJson): KubeJson {
  const { status: _, ...withoutStatus } = object
  const keepsStatus = resource.status === 'none' || resource.status === 'kept-on-create'
  const start: KubeJson = keepsStatus ? object : { ...withoutStatus, metadata: object.metadata }
  const rule = BUILTIN_RULES[resource.id]
  return rule?.create ? rule.create(start, kubeTime(cluster.clock.now())) : start
}

/** What a webhook has changed gets its defaults anew; who and when the object is, is not for a webhook to say. */
function readmitted(cluster: Cluster, resource: Resource, object: KubeJson, own: ObjectMeta): KubeJson {
  const { uid, creationTimestamp, generation, name, namespace } = own
  const metadata = { ...object.metadata, uid, creationTimestamp, generation, name, namespace }
  return shaped(resource, prepared(cluster, resource, { ...object, metadata }))
}

/**
 * Creates an object. Rejects with 409 AlreadyExists, 404 when its namespace is missing, 422 for what the schema
 * refuses and 403 for what admission refuses.
 */
export async function createObject(
  cluster: Cluster,
  route: ObjectRoute,
  body: unknown,
  writer: Writer,
): Promise<Stored> {
  const { resource, namespace } = route
  const sent = decodeObject(resource, body)
  const metadata = newMetadata(cluster, route, sent.metadata)
  const name = metadata.name ?? ''
  checkNamespace(cluster, resource, namespace, name)
  const object = shaped(resource, prepared(cluster, resource, { ...sent, metadata }))
  const request = writeRequest(route, writer, {
    operation: 'CREATE',
    name: sent.metadata.name ?? '',
    object,
    old: undefined,
  })
  const mutated = await cluster.admission.mutate(request)
  const admitted = mutated === object ? object : readmitted(cluster, resource, mutated, metadata)
  const causes = metadataCauses(resource, admitted, undefined)
  const rule = BUILTIN_RULES[resource.id]
  if (rule?.validate) causes.push(...rule.validate(admitted, undefined))
  causes.push(...customCauses({ ...request, object: admitted }, causes))
  if (causes.length > 0) throw invalid(resource, name, causes)
  await cluster.admission.validate({ ...request, name, object: admitted })
  const there = cluster.store.get(resource, namespace, name)
  if (there) throw alreadyExists(resource, name, there.object.metadata.deletionTimestamp !== undefined)
  for (const warning of rule?.warn?.(admitted) ?? []) writer.warn?.(warning)
  return store(cluster, resource, withManagers(cluster, route, writer, admitted, undefined), writer)
}

/** An object as it comes from a backup: identity, times and status are kept, the revision is new. */
export function restoreObject(cluster: Cluster, object: unknown): void {
  const apiVersion = isRecord(object) && typeof object.apiVersion === 'string' ? object.apiVersion : ''
  const kind = isRecord(object) && typeof object.kind === 'string' ? object.kind : ''
  const resource = cluster.registry.byKind(apiVersion, kind)
  if (!resource) throw new Error(`the server has no resource for ${apiVersion} ${kind}: load its CRD first`)
  const decoded = decodeObject(resource, object)
  const sent = decoded.metadata
  const metadata: ObjectMeta = {
    ...sent,
    ...(resource.namespaced && { namespace: sent.namespace ?? 'default' }),
    uid: sent.uid ?? cluster.random.uuid(),
    ...(resource.generation && { generation: sent.generation ?? 1 }),
    creationTimestamp: sent.creationTimestamp ?? kubeTime(cluster.clock.now()),
  }
  if (!metadata.name) throw new Error(`a ${kind} to restore has no name`)
  const key = keyOf(metadata.namespace ?? '', metadata.name)
  if (cluster.store.get(resource, metadata.namespace ?? '', metadata.name)) {
    throw new Error(`${kind} ${key} is there twice`)
  }
  const restored: KubeJson = { ...decoded, metadata }
  cluster.store.put(resource, settled(resource, restored, kubeTime(cluster.clock.now())))
}

/** What controllers of the original would have filled in long ago. */
function settled(resource: Resource, object: KubeJson, now: string): KubeJson {
  const create = BUILTIN_RULES[resource.id]?.create ?? ((one) => one)
  if (resource.id === CRD_ID && !isEstablished(object)) return withNames(create(object, now), [], now)
  const fresh = resource.id === 'namespaces' && Object.keys(object.status ?? {}).length === 0
  return fresh ? create(object, now) : object
}
