import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** What Go says of a JSON field. */
export interface GoField {
  type: string
  /** A pointer tells absence from a zero value. */
  pointer: boolean
  /** Left out when it is zero, whatever its type. */
  omitted: boolean
  /** Left out when it is zero or empty, unless it is a struct. */
  omitEmpty: boolean
  /** The embedded struct that the field belongs to, as in `ProbeHandler`; '' for the struct's own. */
  within: string
}

interface Struct {
  /** By JSON name. */
  fields: Map<string, GoField>
  /** Types whose fields count as the struct's own. */
  inlined: string[]
}

const STRUCT = /^type (\w+) struct \{\n([\s\S]*?)^\}/gm
const FIELD = /^\s+(\w+\s+)?([^\s`]+)\s+`[^`]*json:"([^",]*)([^"]*)"/gm

/** Where the sources of a schema's package are, below the module cache. */
function packageOf(schema: string, version: string): string {
  const steps = schema.split('.').slice(0, -1)
  const [, , module = '', ...path] = steps
  return join('k8s.io', `${module}@${version}`, ...path)
}

/** Type names of other packages carry the package's own name, whatever the file calls it. */
function qualified(type: string, local: ReadonlySet<string>, own: string): string {
  return type
    .replaceAll(/\b(?:meta|core|api|apps|autoscaling)?v(\d\w*)\.(\w+)/g, 'v$1.$2')
    .replaceAll(/(?<![\w.])([A-Z]\w*)/g, (name) => (local.has(name) ? `${own}.${name}` : name))
    .replaceAll(/\bbyte\b/g, 'uint8')
}

function parsePackage(directory: string): Map<string, Struct> {
  const found = new Map<string, Struct>()
  const files = readdirSync(directory).filter(
    (name) => /types.*\.go$/.test(name) && !name.includes('swagger'),
  )
  const text = files.map((name) => readFileSync(join(directory, name), 'utf8')).join('\n')
  const local = new Set(
    [...text.matchAll(/^(?:type )?\s*([A-Z]\w*) (?:struct|string|map|\[\]|=|int)/gm)].map(
      ([, name]) => name ?? '',
    ),
  )
  for (const [, name = '', body = ''] of text.matchAll(STRUCT)) {
    const fields = new Map<string, GoField>()
    const inlined: string[] = []
    for (const [, , type = '', json = '', flags = ''] of body.matchAll(FIELD)) {
      const plain = type.replace(/^\*+/, '')
      if (json === '' && flags.includes('inline')) inlined.push(plain)
      else if (json !== '' && json !== '-') {
        const own = qualified(plain, local, basename(directory))
        fields.set(json, {
          type: own,
          pointer: type.startsWith('*'),
          omitted: flags.includes('omitzero'),
          omitEmpty: flags.includes('omitempty'),
          within: '',
        })
      }
    }
    found.set(name, { fields, inlined })
  }
  return found
}

/** Reads the Go types of Kubernetes' API: a function from a schema's name to the facts of each JSON field. */
export function goStructs(cache: string, version: string): (schema: string) => Map<string, GoField> {
  const packages = new Map<string, Map<string, Struct>>()
  const fieldsOf = (directory: string, name: string): Map<string, GoField> => {
    const parsed = packages.get(directory) ?? parsePackage(directory)
    packages.set(directory, parsed)
    const struct = parsed.get(name)
    const all = new Map<string, GoField>()
    for (const one of struct?.inlined ?? []) {
      for (const [field, facts] of fieldsOf(directory, one)) {
        all.set(field, { ...facts, within: [one, facts.within].filter(Boolean).join('.') })
      }
    }
    for (const [field, facts] of struct?.fields ?? []) all.set(field, facts)
    return all
  }
  return (schema) =>
    fieldsOf(join(cache, packageOf(schema, version)), schema.slice(schema.lastIndexOf('.') + 1))
}
