import type { ObjectMeta } from '../../lib/cocoon/kube-json.ts'
import { BUILTIN_RULES } from './builtin-rules.ts'
import type { Cluster } from './cluster.ts'
import { invalidValue } from './field-causes.ts'
import { withManagers } from './field-managers.ts'
import { wholeFault } from './go-numbers.ts'
import type { KubeJson } from './json.ts'
import { sameJson } from './json.ts'
import { storedOf } from './list.ts'
import { metadataCauses } from './object-metadata.ts'
import { decodeObject } from './openapi/decode-object.ts'
import type { Writer } from './request-context.ts'
import type { Resource } from './resource.ts'
import type { ObjectRoute } from './route.ts'
import { customCauses, shaped } from './schema-admission.ts'
import { STALE, badRequest, conflict, invalid, notFound, statusError } from './status.ts'
import type { Stored } from './stored.ts'
import { writeRequest } from './write-request.ts'
import { remove, store } from './write.ts'

/** Whether a body is of the object that the URL names. Throws 400. */
function checkPlace({ name, namespace }: ObjectRoute, sent: ObjectMeta): void {
  if (!sent.name) {
    const why = 'was undeterminable: name must be provided'
    throw badRequest(`the name of the object (${name} based on URL) ${why}`)
  }
  if (sent.name !== name) {
    throw badRequest(`the name of the object (${sent.name}) does not match the name on the URL (${name})`)
  }
  if (sent.namespace && sent.namespace !== namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request')
  }
}

/** The original's storage tells of uids that differ, in its own words. */
function uidConflict({ resource, name, namespace }: ObjectRoute, sent: string, uid: string): Error {
  const folder = resource.custom ? `${resource.group}/${resource.plural}` : resource.plural
  const key = ['/registry', folder, ...(namespace ? [namespace] : []), name].join('/')
  const why = `Precondition failed: UID in precondition: ${sent}, UID in object meta: ${uid}`
  const error = `invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ${why}`
  return conflict(resource, name, `StorageError: ${error}`)
}

function checkRevision({ resource, name }: ObjectRoute, sent: ObjectMeta, old: Stored): void {
  const revision = sent.resourceVersion ?? ''
  const fault = revision && wholeFault(revision, 'Uint')
  if (fault) throw statusError(500, '', fault)
  if (revision !== '' && revision !== '0') {
    if (revision !== String(old.revision)) throw conflict(resource, name, STALE)
  } else if (resource.custom || resource.versioned) {
    const missing = invalidValue('metadata.resourceVersion', 0, 'must be specified for an update')
    throw invalid({ group: resource.group, kind: resource.plural }, name, [missing])
  }
}

function checkIdentity(route: ObjectRoute, sent: ObjectMeta, old: Stored): void {
  const { resource, name } = route
  checkPlace(route, sent)
  const { uid = '', deletionTimestamp } = old.object.metadata
  if (sent.uid && sent.uid !== uid) {
    const immutable = invalidValue('metadata.uid', sent.uid, 'field is immutable')
    // Twice: once as any field that cannot change, once as the identity of an update.
    if (route.verb === 'patch') throw invalid(resource, name, [immutable, immutable])
    throw uidConflict(route, sent.uid, uid)
  }
  checkRevision(route, sent, old)
  if (sent.deletionTimestamp && sent.deletionTimestamp !== deletionTimestamp) {
    const immutable = invalidValue('metadata.deletionTimestamp', sent.deletionTimestamp, 'field is immutable')
    throw invalid(resource, name, [immutable, immutable])
  }
}

/** What clients cannot change about an object is what it was. */
function keptMetadata(sent: ObjectMeta, old: ObjectMeta): ObjectMeta {
  const {
    deletionTimestamp: _,
    deletionGracePeriodSeconds: __,
    generation: ___,
    selfLink: ____,
    ...rest
  }: ObjectMeta & { selfLink?: unknown } = sent
  return {
    ...rest,
    name: old.name,
    ...(old.namespace !== undefined && { namespace: old.namespace }),
    uid: old.uid,
    resourceVersion: old.resourceVersion,
    creationTimestamp: old.creationTimestamp,
    ...(old.generation !== undefined && { generation: old.generation }),
    ...(old.deletionTimestamp !== undefined && { deletionTimestamp: old.deletionTimestamp }),
    ...(old.deletionGracePeriodSeconds !== undefined && {
      deletionGracePeriodSeconds: old.deletionGracePeriodSeconds,
    }),
  }
}

/** Splits writes of the object from writes of its status, each of which leaves the other part alone. */
function scoped(route: ObjectRoute, sent: KubeJson, old: KubeJson): KubeJson {
  const { resource, subresource } = route
  if (subresource === 'status') {
    const { ownerReferences } = old.metadata
    const lenient = { ...keptMetadata(sent.metadata, old.metadata), ownerReferences }
    const metadata = resource.status === 'strict' ? old.metadata : lenient
    return { ...old, metadata, ...(sent.status !== undefined && { status: sent.status }) }
  }
  const metadata = keptMetadata(sent.metadata, old.metadata)
  if (resource.status === 'none') return { ...sent, metadata }
  const { status: _, ...rest } = sent
  return { ...rest, metadata, ...(old.status !== undefined && { status: old.status }) }
}

function specification(object: KubeJson): unknown {
  const { metadata: _, status: __, ...rest } = object
  return rest
}

function nextGeneration(resource: Resource, object: KubeJson, old: KubeJson): KubeJson {
  if (!resource.generation || sameJson(specification(object), specification(old))) return object
  const generation = (old.metadata.generation ?? 0) + 1
  return { ...object, metadata: { ...object.metadata, generation } }
}

/** Whether an object that is being deleted has nothing left to wait for. */
export function isFinished(metadata: ObjectMeta): boolean {
  const waits = (metadata.finalizers?.length ?? 0) > 0 || (metadata.deletionGracePeriodSeconds ?? 0) > 0
  return metadata.deletionTimestamp !== undefined && !waits
}

const NOTHING: KubeJson = { metadata: {} }

/**
 * Replaces an object with what `change` makes of it. A write that changes nothing is not one. Rejects with 404,
 * 409 when the client's resourceVersion or uid is another one, 422 and 403 as createObject.
 */
export async function updateObject(
  cluster: Cluster,
  route: ObjectRoute,
  change: (old: KubeJson) => unknown,
  writer: Writer,
): Promise<Stored> {
  for (;;) {
    const stored = storedOf(cluster, route)
    if (!stored) {
      // A body says where it belongs by itself, a patch does not.
      if (route.verb === 'update') checkPlace(route, decodeObject(route.resource, change(NOTHING)).metadata)
      throw notFound(route.resource, route.name)
    }
    const admitted = await admittedUpdate(cluster, route, stored, change, writer)
    // Somebody else wrote while webhooks were asked: the change is made anew, to what is there now.
    if (storedOf(cluster, route) === stored) return commit(cluster, stored, admitted, writer)
  }
}

async function admittedUpdate(
  cluster: Cluster,
  route: ObjectRoute,
  stored: Stored,
  change: (old: KubeJson) => unknown,
  writer: Writer,
): Promise<KubeJson> {
  const { resource, name } = route
  const old = stored.object
  const sent = decodeObject(resource, change(old))
  checkIdentity(route, sent.metadata, stored)
  const rule = route.subresource ? undefined : BUILTIN_RULES[resource.id]
  const fill = route.subresource === 'status' ? BUILTIN_RULES[resource.id]?.updateStatus : undefined
  const apart = scoped(route, sent, old)
  const split = fill ? fill(apart, old) : apart
  const ready = (one: KubeJson) => shaped(resource, rule?.update ? rule.update(one, old) : one)
  const object = ready(split)
  const request = writeRequest(route, writer, { operation: 'UPDATE', name, object, old })
  const mutated = await cluster.admission.mutate(request)
  const settled = mutated === object ? object : ready(scoped(route, mutated, old))
  const admitted = nextGeneration(resource, settled, old)
  const causes = metadataCauses(resource, admitted, old)
  if (rule?.validate) causes.push(...rule.validate(admitted, old))
  if (route.subresource === 'status') {
    causes.push(...(BUILTIN_RULES[resource.id]?.validateStatus?.(admitted) ?? []))
  }
  causes.push(...customCauses({ ...request, object: admitted }, causes))
  if (causes.length > 0) throw invalid(resource, name, causes)
  await cluster.admission.validate({ ...request, object: admitted })
  for (const warning of rule?.warn?.(admitted) ?? []) writer.warn?.(warning)
  return withManagers(cluster, route, writer, admitted, old)
}

function commit(cluster: Cluster, stored: Stored, admitted: KubeJson, writer: Writer): Stored {
  if (sameJson(admitted, stored.object)) return stored
  const finished = isFinished(admitted.metadata) && stored.resource.id !== 'namespaces'
  if (!finished) return store(cluster, stored.resource, admitted, writer)
  // Watchers last see it as it was stored; who wrote sees what was written, which never is.
  remove(cluster, stored, writer)
  return { ...stored, object: admitted, bare: undefined }
}
