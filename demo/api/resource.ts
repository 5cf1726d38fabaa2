import type { KubeJson } from './json.ts'
import { valueAt } from './json.ts'

export const OBJECT_VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
] as const

export type ObjectVerb = (typeof OBJECT_VERBS)[number]

/** A column of `kubectl get`, in the words of a CRD's additionalPrinterColumns. */
export interface Column {
  name: string
  type: string
  format?: string
  description?: string
  /** 0 is always shown, above that only with `-o wide`. */
  priority?: number
  /** The cell's value, null for none; `now` is epoch milliseconds of cluster time. */
  cell: (object: KubeJson, now: number) => string | number | boolean | null
}

/** Where the status lives: `none` has no status subresource; `strict` is the rule of custom resources. */
export type StatusRule = 'none' | 'strict' | 'lenient' | 'kept-on-create'

export interface Subresource {
  name: string
  kind: string
  /** Set when the kind is of another group than the resource itself. */
  group?: string
  version?: string
  verbs: readonly string[]
}

/** One kind of object that the server stores. A new one is one entry of a table, or a CRD object. */
export interface Resource {
  /** `pods`, or `cocoonsets.cocoonset.cocoonstack.io`. */
  id: string
  group: string
  version: string
  plural: string
  singular: string
  kind: string
  listKind: string
  namespaced: boolean
  shortNames: readonly string[]
  categories: readonly string[]
  subresources: readonly Subresource[]
  /** Defined by a CRD: strategic merge patches are refused, updates need a resourceVersion. */
  custom: boolean
  status: StatusRule
  /** Whether metadata.generation counts the changes of the specification. */
  generation: boolean
  columns: readonly Column[]
  /** Field selectors beyond metadata.name and metadata.namespace: label to path. */
  fields: Readonly<Record<string, readonly string[]>>
  /** Structural schema of a custom resource: the object's openAPIV3Schema. */
  schema?: unknown
  /** All of them unless told. */
  verbs?: readonly ObjectVerb[]
  /** An update of what is not there creates it. */
  upsert?: boolean
  /** Updates need a resourceVersion, as those of custom resources. */
  versioned?: boolean
  /** What every answer warns of. */
  deprecation?: string
  /** Set when the objects are those of another resource, shown in another form. */
  view?: ResourceView
}

/** The same stored objects in the form of another group. */
export interface ResourceView {
  of: Resource
  show(stored: KubeJson): KubeJson
  /** `old` is what is stored, of an update. */
  accept(sent: KubeJson, old: KubeJson | undefined): KubeJson
}

export const apiVersionOf = (resource: Pick<Resource, 'group' | 'version'>) =>
  resource.group ? `${resource.group}/${resource.version}` : resource.version

export const resourceId = (group: string, plural: string) => (group ? `${plural}.${group}` : plural)

/** Fields that are true or false, also when nobody has said so. */
const FLAGS = new Set(['spec.hostNetwork', 'spec.unschedulable'])

/** The value that a field selector compares, or undefined when the label is not supported. */
export function selectableField(resource: Resource, label: string, object: KubeJson): string {
  if (label === 'metadata.name') return object.metadata.name ?? ''
  if (label === 'metadata.namespace') return object.metadata.namespace ?? ''
  const path = resource.fields[label]
  const value = path && valueAt(object, ...path)
  if (typeof value === 'string') return value
  return FLAGS.has(label) ? String(value === true) : ''
}

export function supportsField(resource: Resource, label: string): boolean {
  if (label === 'metadata.name') return true
  if (label === 'metadata.namespace') return resource.namespaced
  return Object.hasOwn(resource.fields, label)
}

const STATUS_VERBS = ['get', 'patch', 'update']

export function statusSubresource(kind: string): Subresource {
  return { name: 'status', kind, verbs: STATUS_VERBS }
}
