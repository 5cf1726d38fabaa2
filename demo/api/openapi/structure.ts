import { readFileSync } from 'node:fs'
import { once } from './once.ts'
import type { FieldFacts } from './field-notation.ts'
import { readField } from './field-notation.ts'
import type { GroupVersionKind, SchemaNode } from './schema-node.ts'

interface Entry {
  kinds?: [group: string, version: string, kind: string][]
  fields?: Record<string, string>
  raw?: SchemaNode
  [keyword: string]: unknown
}

interface Structure {
  version: string
  schemas: Record<string, Entry>
}

const FILE = new URL('structure.json', import.meta.url)
const structure = once(() => JSON.parse(readFileSync(FILE, 'utf8')) as Structure)

/** The fields of a built-in schema by name; undefined for schemas that the original reads by code of their own. */
export interface StructFacts {
  name: string
  fields: ReadonlyMap<string, FieldFacts>
  node: SchemaNode
}

const read = new Map<string, StructFacts>()

function decoded(name: string, entry: Entry): StructFacts {
  const { kinds, fields = {}, raw, ...rest } = entry
  const facts = new Map(Object.entries(fields).map(([field, line]) => [field, readField(line)]))
  if (raw) return { name, fields: facts, node: raw }
  const properties = Object.fromEntries([...facts].map(([field, { node }]) => [field, node]))
  const own = kinds?.map(([group, version, kind]): GroupVersionKind => ({ group, version, kind }))
  const node = { type: 'object', ...rest, properties, ...(own && { 'x-kubernetes-group-version-kind': own }) }
  return { name, fields: facts, node }
}

/** Facts of a schema by its name, such as `io.k8s.api.core.v1.Pod`; undefined when it is not a built-in one. */
export function structOf(name: string): StructFacts | undefined {
  const known = read.get(name)
  if (known) return known
  const { schemas } = structure()
  const entry = Object.hasOwn(schemas, name) ? schemas[name] : undefined
  if (!entry) return undefined
  const facts = decoded(name, entry)
  read.set(name, facts)
  return facts
}

const names = once(() => {
  const found = new Map<string, string>()
  for (const [name, { kinds = [] }] of Object.entries(structure().schemas)) {
    for (const kind of kinds) found.set(kind.join('/'), name)
  }
  return found
})

/** The name of the schema of a built-in kind; undefined for custom ones. */
export function schemaNameOf(group: string, version: string, kind: string): string | undefined {
  return names().get(`${group}/${version}/${kind}`)
}
