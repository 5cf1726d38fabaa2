import type { Resource } from '../resource.ts'
import { OBJECT_VERBS } from '../resource.ts'
import type { Parameter } from './parameters.ts'
import type { GroupVersionKind, SchemaNode } from './schema-node.ts'
import { SCHEMA_PREFIX } from './schema-node.ts'

interface Content {
  [mediaType: string]: { schema: SchemaNode }
}

export interface Operation {
  tags: string[]
  description: string
  operationId: string
  parameters?: readonly Parameter[]
  requestBody?: { content: Content; required?: true }
  responses: Record<string, { description: string; content?: Content }>
  'x-kubernetes-action'?: string
  'x-kubernetes-group-version-kind'?: GroupVersionKind
}

export type Method = 'get' | 'put' | 'post' | 'delete' | 'options' | 'head' | 'patch'

/** The operations of one path; parameters that all of them have stand beside them. */
export type PathItem = Partial<Record<Method, Operation>> & { parameters?: readonly Parameter[] }

const ANSWERS: Readonly<Record<string, string>> = { 200: 'OK', 201: 'Created', 202: 'Accepted' }
const PATCHES = ['application/json-patch+json', 'application/merge-patch+json']
const STRATEGIC = 'application/strategic-merge-patch+json'

export const refTo = (name: string): SchemaNode => ({ $ref: SCHEMA_PREFIX + name })

export const contentOf = (types: readonly string[], schema: SchemaNode): Content =>
  Object.fromEntries(types.map((type) => [type, { schema }]))

/** `core_v1`, `rbacAuthorization_v1`: how operations of a version are filed. */
export const tagOf = (group: string, version: string) => {
  const name = group.replace(/\.k8s\.io$/, '') || 'core'
  const [first = '', ...rest] = name.split('.')
  const camel = first + rest.map(capital).join('')
  return version ? `${camel}_${version}` : camel
}

export const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)

/** `CoreV1`: what operation ids begin with, after the verb. */
export const idOf = (group: string, version: string) => tagOf(group, version).split('_').map(capital).join('')

/** The answers of an operation; all are JSON, which is all that this server writes. */
export function answers(codes: readonly number[], schema: SchemaNode, types = ['application/json']) {
  const told = codes.map((code) => [
    code,
    { description: ANSWERS[code] ?? '', content: contentOf(types, schema) },
  ])
  const all: Operation['responses'] = Object.fromEntries(told)
  return { ...all, 401: { description: 'Unauthorized' } }
}

export function bodyOf(resource: Pick<Resource, 'custom'>, schema: SchemaNode): Operation['requestBody'] {
  const types = resource.custom ? ['application/json', 'application/yaml'] : ['*/*']
  return { content: contentOf(types, schema) }
}

export function patchBody(resource: Pick<Resource, 'custom'>): Operation['requestBody'] {
  const types = resource.custom ? PATCHES : [...PATCHES, STRATEGIC]
  return { content: contentOf(types, refTo('io.k8s.apimachinery.pkg.apis.meta.v1.Patch')), required: true }
}

const byName = (a: Parameter, b: Parameter) => (a.name < b.name ? -1 : 1)

/** Puts what all operations of a path take beside them, as the original does. */
export function pathItem(
  operations: Partial<Record<Method, Operation>>,
  own: readonly Parameter[],
): PathItem {
  const all = Object.values(operations)
  const isShared = ({ name }: Parameter) =>
    all.every(({ parameters = [] }) => parameters.some((one) => one.name === name))
  const shared = (all[0]?.parameters ?? []).filter(isShared)
  const rest = Object.entries(operations).map(([method, operation]) => {
    const left = (operation.parameters ?? []).filter((one) => !isShared(one)).sort(byName)
    const { parameters: _, ...others } = operation
    return [method, left.length > 0 ? { ...others, parameters: left } : others]
  })
  const parameters = [...shared, ...own].sort(byName)
  const item: PathItem = Object.fromEntries(rest)
  return parameters.length > 0 ? { ...item, parameters } : item
}

/** What can be done with the objects of a resource: everything unless it says otherwise. */
export const verbsOf = (resource: Resource): readonly string[] => resource.verbs ?? OBJECT_VERBS
