import { isRecord } from '../json.ts'
import type { Document } from './documents.ts'
import type { Method, Operation, PathItem } from './operations.ts'
import type { Parameter } from './parameters.ts'
import type { SchemaNode } from './schema-node.ts'
import { SCHEMA_PREFIX } from './schema-node.ts'

const DEFINITIONS = '#/definitions/'
const METHODS: readonly Method[] = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch']
/** Swagger has no words for these, or gave them another meaning. */
const DROPPED = new Set([
  'default',
  'anyOf',
  'oneOf',
  'allOf',
  'not',
  'nullable',
  '$ref',
  'properties',
  'items',
  'additionalProperties',
])

/** A parameter of Swagger 2.0: either in the path or query, or the body. */
export type SwaggerParameter =
  | {
      name: string
      in: 'path' | 'query'
      description: string
      required?: true
      type: string
      uniqueItems: true
    }
  | { name: 'body'; in: 'body'; required?: true; schema: SchemaNode }

export interface SwaggerOperation {
  description: string
  consumes: string[]
  produces: string[]
  schemes: string[]
  tags: string[]
  operationId: string
  parameters?: SwaggerParameter[]
  responses: Record<string, { description: string; schema?: SchemaNode }>
  [extension: `x-${string}`]: unknown
}

export type SwaggerPathItem = Partial<Record<Method, SwaggerOperation>> & { parameters?: SwaggerParameter[] }

/** A Swagger 2.0 document, which older clients and libraries read. */
export interface Swagger {
  swagger: '2.0'
  info: { title: string; version: string }
  paths: Record<string, SwaggerPathItem>
  definitions: Record<string, SchemaNode>
  securityDefinitions: Record<string, { description: string; type: string; name: string; in: string }>
  security: Record<string, string[]>[]
}

function schemaOf(node: SchemaNode): SchemaNode {
  const reference = node.$ref ?? node.allOf?.[0]?.$ref
  const kept = Object.fromEntries(Object.entries(node).filter(([keyword]) => !DROPPED.has(keyword)))
  // A reference stands alone but for words and extensions.
  if (reference) {
    const target = DEFINITIONS + reference.slice(SCHEMA_PREFIX.length)
    return { ...kept, $ref: target }
  }
  const { properties, items, additionalProperties } = node
  const union = node.oneOf && node.type === undefined
  return {
    ...kept,
    ...(union && { type: 'string' }),
    ...(properties && { properties: mapped(properties) }),
    ...(items && { items: schemaOf(items) }),
    ...(isRecord(additionalProperties) && { additionalProperties: schemaOf(additionalProperties) }),
  }
}

const mapped = (schemas: Readonly<Record<string, SchemaNode>>): Record<string, SchemaNode> =>
  Object.fromEntries(Object.entries(schemas).map(([name, node]) => [name, schemaOf(node)]))

function parameterOf({ schema, ...rest }: Parameter): SwaggerParameter {
  return { uniqueItems: true, type: schema.type, ...rest }
}

function operationOf(operation: Operation): SwaggerOperation {
  const { requestBody, responses, parameters = [], tags, description, operationId } = operation
  const contents = Object.entries(requestBody?.content ?? {})
  const types = [...new Set(Object.values(responses).flatMap(({ content }) => Object.keys(content ?? {})))]
  const body = contents[0]?.[1].schema
  const all: SwaggerParameter[] = parameters.map(parameterOf)
  if (body)
    all.unshift({
      name: 'body',
      in: 'body',
      ...(requestBody?.required && { required: true }),
      schema: schemaOf(body),
    })
  const told = Object.entries(responses).map(([code, { description: words, content }]) => {
    const schema = Object.values(content ?? {})[0]?.schema
    return [code, { description: words, ...(schema && { schema: schemaOf(schema) }) }] as const
  })
  const action = operation['x-kubernetes-action']
  const kind = operation['x-kubernetes-group-version-kind']
  return {
    description,
    consumes: contents.length > 0 ? contents.map(([type]) => type) : ['*/*'],
    produces: types,
    schemes: ['https'],
    tags,
    operationId,
    ...(all.length > 0 && { parameters: all }),
    responses: Object.fromEntries(told),
    ...(action && { 'x-kubernetes-action': action }),
    ...(kind && { 'x-kubernetes-group-version-kind': kind }),
  }
}

function pathItemOf(item: PathItem): SwaggerPathItem {
  const found: SwaggerPathItem = {}
  for (const method of METHODS) {
    const operation = item[method]
    if (operation) found[method] = operationOf(operation)
  }
  if (item.parameters) found.parameters = item.parameters.map(parameterOf)
  return found
}

/** Tells in one Swagger document what the OpenAPI documents tell in many. */
export function swaggerOf(documents: readonly Document[], info: Document['info']): Swagger {
  const paths: [string, SwaggerPathItem][] = []
  const schemas = new Map<string, SchemaNode>()
  for (const document of documents) {
    for (const [path, item] of Object.entries(document.paths)) paths.push([path, pathItemOf(item)])
    for (const [name, node] of Object.entries(document.components.schemas)) schemas.set(name, schemaOf(node))
  }
  return {
    swagger: '2.0',
    info,
    paths: Object.fromEntries(paths.sort(([a], [b]) => (a < b ? -1 : 1))),
    definitions: Object.fromEntries([...schemas].sort(([a], [b]) => (a < b ? -1 : 1))),
    securityDefinitions: {
      BearerToken: {
        description: 'Bearer Token authentication',
        type: 'apiKey',
        name: 'authorization',
        in: 'header',
      },
    },
    security: [{ BearerToken: [] }],
  }
}
