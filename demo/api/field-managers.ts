import { kubeTime } from '../kube-time.ts'
import type { Cluster } from './cluster.ts'
import type { JsonRecord, KubeJson } from './json.ts'
import { isRecord, sameJson } from './json.ts'
import type { Writer } from './request-context.ts'
import type { ObjectRoute } from './route.ts'

/** Fields as the original writes them down: `f:spec` holds `f:suspend`, and `.` is the object itself. */
interface Fields {
  [key: string]: Fields
}

interface Entry {
  manager: string
  operation: 'Update'
  apiVersion: string
  time: string
  fieldsType: 'FieldsV1'
  fieldsV1: Fields
  subresource?: string
}

/** What the server writes itself, or what is the object's name, belongs to nobody. */
const NOBODYS = new Set(['name', 'namespace', 'uid', 'resourceVersion', 'generation', 'creationTimestamp'])
const UNRECORDED = new Set([...NOBODYS, 'deletionTimestamp', 'deletionGracePeriodSeconds', 'managedFields'])

function recordable(object: KubeJson | undefined): JsonRecord {
  if (!object) return {}
  const { apiVersion: _, kind: __, metadata, ...rest } = object
  const own = Object.entries(metadata).filter(([name]) => !UNRECORDED.has(name))
  return own.length === 0 ? rest : { metadata: Object.fromEntries(own), ...rest }
}

/** The fields that are new or other than they were; lists count as one value. */
function changed(after: JsonRecord, before: unknown): Fields {
  const fields: Fields = isRecord(before) ? {} : { '.': {} }
  const old = isRecord(before) ? before : {}
  for (const [name, value] of Object.entries(after)) {
    if (value === undefined || sameJson(value, old[name])) continue
    // Nobody owns the metadata as a whole.
    const was = name === 'metadata' ? (old[name] ?? {}) : old[name]
    const inner = isRecord(value) ? changed(value, was) : {}
    // Something in it is gone, and nothing new.
    if (isRecord(value) && isRecord(was) && Object.keys(inner).length === 0) continue
    fields[`f:${name}`] = inner
  }
  return fields
}

/** The fields without those that somebody else writes now, and without those that are gone. */
function kept(fields: Fields, taken: Fields, object: unknown): Fields {
  const rest: Fields = {}
  for (const [key, inner] of Object.entries(fields)) {
    if (key === '.') {
      if (isRecord(object) && !taken['.']) rest[key] = inner
      continue
    }
    const value = isRecord(object) ? object[key.slice(2)] : undefined
    const other = taken[key]
    if (value === undefined) continue
    const isLeaf = Object.keys(inner).length === 0
    if (isLeaf && other === undefined) rest[key] = inner
    if (isLeaf) continue
    const within = kept(inner, other ?? {}, value)
    if (Object.keys(within).length > 0) rest[key] = within
  }
  return rest
}

function merged(left: Fields, right: Fields): Fields {
  const both: Fields = { ...left }
  for (const [key, inner] of Object.entries(right)) both[key] = merged(both[key] ?? {}, inner)
  return both
}

/** As it was, also when it was not there. */
const recordOf = (object: KubeJson) =>
  'managedFields' in object.metadata ? { managedFields: object.metadata.managedFields } : {}

const entriesOf = (object: KubeJson | undefined) =>
  (object?.metadata as { managedFields?: Entry[] } | undefined)?.managedFields ?? []

/**
 * An object with the record of who wrote which field (`metadata.managedFields`), as the original keeps it for
 * updates of custom resources; of built-in kinds nothing is recorded. What a client says of the record is not
 * taken.
 */
export function withManagers(
  cluster: Cluster,
  { resource, subresource, query }: ObjectRoute,
  writer: Writer,
  object: KubeJson,
  old: KubeJson | undefined,
): KubeJson {
  if (!resource.custom) return object
  const [before, after] = [recordable(old), recordable(object)]
  const { '.': _, ...mine } = changed(after, before)
  const { managedFields: __, ...metadata } = object.metadata as KubeJson['metadata'] & {
    managedFields?: unknown
  }
  if (old && sameJson(after, before)) return { ...object, metadata: { ...metadata, ...recordOf(old) } }
  const manager = query.get('fieldManager') || writer.agent || 'unknown'
  const isOwn = (entry: Entry) => entry.manager === manager && (entry.subresource ?? '') === subresource
  const others = entriesOf(old).filter((entry) => !isOwn(entry))
  const own = entriesOf(old).find(isOwn)
  const left = others.map((entry) =>
    Object.assign({}, entry, { fieldsV1: kept(entry.fieldsV1, mine, after) }),
  )
  const fieldsV1 = merged(own ? kept(own.fieldsV1, {}, after) : {}, mine)
  const entry: Entry = {
    manager,
    operation: 'Update',
    apiVersion: `${resource.group}/${resource.version}`,
    time: kubeTime(cluster.clock.now()),
    fieldsType: 'FieldsV1',
    fieldsV1,
    ...(subresource === '' ? {} : { subresource }),
  }
  const managedFields = [...left, entry].filter((one) => Object.keys(one.fieldsV1).length > 0)
  return { ...object, metadata: Object.assign(metadata, { managedFields }) }
}
