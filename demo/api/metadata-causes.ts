import type { ObjectMeta } from '../../lib/cocoon/kube-json.ts'
import { forbiddenField, invalidValue, requiredValue } from './field-causes.ts'
import type { KubeJson } from './json.ts'
import { objectNameFaults } from './object-name.ts'
import { labelValueFaults, qualifiedNameFaults } from './qualified-name.ts'
import type { Resource } from './resource.ts'
import type { FieldCause } from './status.ts'

const STANDARD_FINALIZERS: ReadonlySet<string> = new Set(['kubernetes', 'orphan', 'foregroundDeletion'])
const MOST_ANNOTATIONS = 256 * 1024

const each = (field: string, value: unknown, faults: readonly string[]) =>
  faults.map((fault) => invalidValue(field, value, fault))

function nameCauses(resource: Resource, metadata: ObjectMeta): FieldCause[] {
  const { name = '', generateName } = metadata
  if (name === '') return [requiredValue('metadata.name', 'name or generateName is required')]
  const causes = each('metadata.name', name, objectNameFaults(resource, name))
  if (!generateName) return causes
  // What is added at the end makes a name of a beginning that ends in a dash.
  const complete = generateName.replace(/.-$/, 'a')
  return [...each('metadata.generateName', generateName, objectNameFaults(resource, complete)), ...causes]
}

function labelCauses(labels: Readonly<Record<string, string>>): FieldCause[] {
  const causes: FieldCause[] = []
  for (const [key, value] of Object.entries(labels)) {
    causes.push(...each('metadata.labels', key, qualifiedNameFaults(key)))
    causes.push(...each('metadata.labels', value, labelValueFaults(value)))
  }
  return causes
}

function annotationCauses(annotations: Readonly<Record<string, string>>): FieldCause[] {
  const pairs = Object.entries(annotations)
  const causes = pairs.flatMap(([key]) =>
    each('metadata.annotations', key, qualifiedNameFaults(key.toLowerCase())),
  )
  const size = pairs.reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0)
  if (size > MOST_ANNOTATIONS) {
    const message = `Too long: may not be more than ${MOST_ANNOTATIONS} bytes`
    causes.push({ reason: 'FieldValueTooLong', message, field: 'metadata.annotations' })
  }
  return causes
}

type Owner = NonNullable<ObjectMeta['ownerReferences']>[number]

const OWNERS = 'metadata.ownerReferences'

function oneOwnerCauses(owner: Owner): FieldCause[] {
  const { apiVersion = '', kind = '', name = '', uid = '' } = owner
  const causes: FieldCause[] = []
  if (!/^([^/]+\/)?[^/]+$/.test(apiVersion)) {
    causes.push(invalidValue(`${OWNERS}.apiVersion`, apiVersion, 'version must not be empty'))
  }
  for (const [key, value] of Object.entries({ kind, name, uid })) {
    if (value === '') causes.push(invalidValue(`${OWNERS}.${key}`, '', 'must not be empty'))
  }
  if (apiVersion === 'v1' && kind === 'Event') {
    causes.push(invalidValue(OWNERS, owner, '/v1, Kind=Event is disallowed from being an owner'))
  }
  return causes
}

function ownerCauses(owners: readonly Owner[]): FieldCause[] {
  const causes = owners.flatMap(oneOwnerCauses)
  const [first, second] = owners.filter((one) => one.controller === true)
  if (!first || !second) return causes
  const both = `${first.kind}/${first.name} and ${second.kind}/${second.name}`
  const why = `Only one reference can have Controller set to true. Found "true" in references for ${both}`
  return [...causes, invalidValue(OWNERS, owners, why)]
}

function finalizerCauses(resource: Resource, finalizers: readonly string[]): FieldCause[] {
  const field = 'metadata.finalizers'
  const causes = finalizers.flatMap((one) => each(field, one, qualifiedNameFaults(one)))
  if (finalizers.includes('orphan') && finalizers.includes('foregroundDeletion')) {
    const why = 'finalizer orphan and foregroundDeletion cannot be both set'
    causes.push(invalidValue(field, finalizers, why))
  }
  if (resource.custom) return causes
  for (const [index, one] of finalizers.entries()) {
    if (one.includes('/') || STANDARD_FINALIZERS.has(one)) continue
    const why = 'name is neither a standard finalizer name nor is it fully qualified'
    causes.push(invalidValue(`${field}[${index}]`, one, why))
  }
  return causes
}

function newFinalizerCauses(now: readonly string[], before: readonly string[]): FieldCause[] {
  const added = now.filter((one) => !before.includes(one)).sort()
  if (added.length === 0) return []
  const list = added.map((one) => JSON.stringify(one)).join(', ')
  const why = 'no new finalizers can be added if the object is being deleted, found new finalizers'
  return [forbiddenField('metadata.finalizers', `${why} []string{${list}}`)]
}

/** What is wrong with an object's metadata, whatever its kind; `old` is what an update replaces. */
export function metadataCauses(
  resource: Resource,
  object: KubeJson,
  old: KubeJson | undefined,
): FieldCause[] {
  const { metadata } = object
  const before = old?.metadata
  const { labels = {}, annotations = {}, ownerReferences = [], finalizers = [] } = metadata
  return [
    ...(before ? [] : nameCauses(resource, metadata)),
    ...(before?.deletionTimestamp ? newFinalizerCauses(finalizers, before.finalizers ?? []) : []),
    ...labelCauses(labels),
    ...annotationCauses(annotations),
    ...ownerCauses(ownerReferences),
    ...finalizerCauses(resource, finalizers),
  ]
}
