/**
 * Writes demo/api/openapi/structure.json: the facts of every built-in kind, read from the OpenAPI documents of
 * a real API server and from the Go types that it was built from; and the ids of its operations, for a test. Descriptions are left out: they are
 * sentences of others.
 *
 *     node scripts/openapi-structure.ts --kubeconfig FILE --sources "$(go env GOMODCACHE)" --version v0.36.3
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { writeField } from '../demo/api/openapi/field-notation.ts'
import { derivedGoType } from '../demo/api/openapi/go-type.ts'
import type { SchemaNode } from '../demo/api/openapi/schema-node.ts'
import { referenceOf } from '../demo/api/openapi/schema-node.ts'
import type { GoField } from './go-structs.ts'
import { goStructs } from './go-structs.ts'

const OUT = new URL('../demo/api/openapi/structure.json', import.meta.url)
const OPERATIONS = new URL('../demo/api/openapi/testing/original-operations.json', import.meta.url)
/** Documents of discovery, and what custom resources brought, are not built in. */
const BUILT_IN = /^(api|apis)\/[a-z0-9./]*v\d+$/
/** Read by code of their own; where Go keeps them by value it always writes them. */
const ZEROS = /^(v1\.(Micro)?Time|resource\.Quantity|intstr\.IntOrString)$/
/** Every group adds its own name to these. */
const OF_ALL_GROUPS = new Set(['DeleteOptions', 'WatchEvent'])

const { values } = parseArgs({
  options: { kubeconfig: { type: 'string' }, sources: { type: 'string' }, version: { type: 'string' } },
})
const { kubeconfig, sources, version } = values
if (!kubeconfig || !sources || !version) throw new Error('give --kubeconfig, --sources and --version')

function read(path: string): unknown {
  const flags = ['get', '--raw', path, '--kubeconfig', kubeconfig ?? '']
  return JSON.parse(execFileSync('kubectl', flags, { maxBuffer: 1 << 28, encoding: 'utf8' }))
}

interface Index {
  paths: Record<string, { serverRelativeURL: string }>
}
interface Document {
  paths: Record<string, Record<string, { operationId?: string }>>
  components: { schemas: Record<string, SchemaNode> }
}

const ownWords = (key: string, value: unknown): unknown =>
  key === 'description' && typeof value === 'string' ? undefined : value

function documentsOf(): Document[] {
  const index = read('/openapi/v3') as Index
  return Object.entries(index.paths)
    .filter(([path]) => BUILT_IN.test(path))
    .map(([, { serverRelativeURL }]) => read(serverRelativeURL) as Document)
}

/** `get /api/v1/pods`, and what the operation is called. */
function operationsOf(documents: readonly Document[]): [string, string][] {
  return documents.flatMap(({ paths }) =>
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { operationId }]): [string, string][] =>
        operationId ? [[`${method} ${path}`, operationId]] : [],
      ),
    ),
  )
}

function schemasOf(documents: readonly Document[]): Map<string, SchemaNode> {
  const found = new Map<string, SchemaNode>()
  for (const { components } of documents) {
    const { schemas } = components
    for (const [name, schema] of Object.entries(schemas)) {
      if (!name.startsWith('io.k8s.')) continue
      found.set(name, JSON.parse(JSON.stringify(schema, ownWords)) as SchemaNode)
    }
  }
  return found
}

/** Where Go writes empty values, or leaves out zero ones, other than the document lets expect. */
function omission(node: SchemaNode, go: GoField): { kept?: true; omitted?: true } {
  const isScalar = !node.items && !node.additionalProperties && referenceOf(node) === undefined
  if (isScalar) return node.default !== undefined && go.omitEmpty ? { omitted: true } : {}
  return (node.items || node.additionalProperties) && !go.omitEmpty ? { kept: true } : {}
}

function compact(name: string, schema: SchemaNode, goFields: ReadonlyMap<string, GoField>): unknown {
  const { properties, type, 'x-kubernetes-group-version-kind': kinds, ...rest } = schema
  if (!properties) return { raw: schema }
  const fields = Object.entries(properties).map(([field, node]) => {
    const go = goFields.get(field)
    const refers = referenceOf(node) !== undefined
    const told = go && go.type !== derivedGoType(node) && !refers
    return [
      field,
      writeField({
        node,
        ...(told && { goType: go.type }),
        ...(go?.pointer && !refers && { pointer: true }),
        ...(go && !go.pointer && !go.omitted && ZEROS.test(go.type) && { filled: true }),
        ...(go && !go.pointer && omission(node, go)),
        ...(go?.within && { within: go.within }),
      }),
    ]
  })
  const kind = name.slice(name.lastIndexOf('.') + 1)
  return {
    ...(type !== 'object' && { type }),
    ...(kinds && {
      kinds: OF_ALL_GROUPS.has(kind) ? [] : kinds.map((one) => [one.group, one.version, one.kind]),
    }),
    ...rest,
    fields: Object.fromEntries(fields) as unknown,
  }
}

const structs = goStructs(sources, version)
const documents = documentsOf()
const schemas = [...schemasOf(documents)].sort(([a], [b]) => (a < b ? -1 : 1))
const { gitVersion } = read('/version') as { gitVersion: string }
const lines = schemas.map(([name, schema]) => {
  return `${JSON.stringify(name)}:${JSON.stringify(compact(name, schema, structs(name)))}`
})
writeFileSync(OUT, `{"version":${JSON.stringify(gitVersion)},"schemas":{\n${lines.join(',\n')}\n}}\n`)
const operations = operationsOf(documents).map(([key, id]) => `${JSON.stringify(key)}:${JSON.stringify(id)}`)
writeFileSync(OPERATIONS, `{\n${operations.join(',\n')}\n}\n`)
console.log(`${lines.length} schemas of ${gitVersion}`)
