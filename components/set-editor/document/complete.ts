import { propertyOf } from '../../../lib/cocoon/schema.ts'
import type { Schema } from '../../../lib/cocoon/schema.ts'
import { EDITOR_SCHEMA, schemaAt } from './editor-schema.ts'

/** One word that fits where the cursor stands. */
export interface Suggestion {
  label: string
  /** What is put in, when it is more than the word. */
  insert: string
  detail: string
  info: string
  kind: 'field' | 'value'
}

export interface Suggestions {
  /** Offset of the beginning of the word that is being typed. */
  from: number
  options: Suggestion[]
}

const KEY_LINE = /^( *)((?:- +)*)([\w./-]+|"[^"]*"|'[^']*'):(?: |$)/
const TYPING_KEY = /^( *)((?:- +)*)([\w./-]*)$/
const TYPING_VALUE = /^( *)((?:- +)*)([\w./-]+): +(["']?)([^\s"'#]*)$/

interface Line {
  /** Columns of the dashes, from left to right. */
  dashes: number[]
  column: number
  key: string
}

function readLine([, indent = '', dashes = '', key = '']: RegExpMatchArray): Line {
  const columns = [...dashes.matchAll(/-/g)].map(({ index }) => indent.length + index)
  return { dashes: columns, column: indent.length + dashes.length, key: key.replaceAll(/^["']|["']$/g, '') }
}

const keyLine = (text: string): Line | null => {
  const match = KEY_LINE.exec(text)
  return match === null ? null : readLine(match)
}

/**
 * The way to the mapping that a line stands in, read upwards by indentation: it works in a text that does not parse,
 * which is what a text is while somebody types. Lists are `[]`.
 */
function parentsOf(above: readonly string[], { dashes, column }: Line): string[] {
  const path: string[] = []
  let limit = column
  const pending = [...dashes]
  let inList = pending.length > 0
  if (inList) limit = pending[0] ?? 0
  for (const _ of pending) path.unshift('[]')
  for (const text of above.toReversed()) {
    const line = keyLine(text)
    if (line === null) continue
    const first = line.dashes[0]
    if (inList ? first === undefined && line.column <= limit : line.column < limit) {
      path.unshift(...line.dashes.map(() => '[]'), line.key)
      limit = first ?? line.column
      inList = first !== undefined
    } else if (!inList && first !== undefined && line.column === limit) {
      path.unshift(...line.dashes.map(() => '[]'))
      limit = first
      inList = true
    }
  }
  return path
}

/** The keys that the mapping around a line has already. */
function siblingsOf(lines: readonly string[], at: number, { column }: Line): Set<string> {
  const keys = new Set<string>()
  const walk = (part: readonly string[], isUp: boolean) => {
    for (const text of part) {
      const line = keyLine(text)
      const indent = /^ */.exec(text)?.[0].length ?? 0
      if (text.trim() === '' || text.trim().startsWith('#')) continue
      if (line?.column === column) {
        const opens = line.dashes.length > 0
        if (opens && !isUp) return
        keys.add(line.key)
        if (opens) return
      } else if (indent < column) return
    }
  }
  walk(lines.slice(0, at).toReversed(), true)
  walk(lines.slice(at + 1), false)
  return keys
}

const typeWords = (schema: Schema): string => {
  if (schema['x-kubernetes-int-or-string']) return 'amount'
  if (schema.default !== undefined) return `default ${schema.default === '' ? '""' : schema.default}`
  if (schema.enum) return 'one of some'
  return { object: 'fields', array: 'list', string: 'text', integer: 'number', boolean: 'true or false' }[
    schema.type ?? 'string'
  ]
}

function fieldInsert(name: string, schema: Schema, column: number): string {
  const inner = `\n${' '.repeat(column + 2)}`
  if (schema.type === 'object') return `${name}:${inner}`
  return schema.type === 'array' ? `${name}:${inner}- ` : `${name}: `
}

function fieldsOf(schema: Schema, taken: ReadonlySet<string>, column: number): Suggestion[] {
  const required = new Set(schema.required)
  return Object.entries(schema.properties ?? {})
    .filter(([name]) => !taken.has(name))
    .map(([name, property]) => ({
      label: name,
      insert: fieldInsert(name, property, column),
      detail: required.has(name) ? 'required' : typeWords(property),
      info: property.description ?? '',
      kind: 'field',
    }))
}

function valuesOf(schema: Schema): Suggestion[] {
  const values = schema.enum ?? (schema.type === 'boolean' ? ['true', 'false'] : [])
  const given =
    values.length === 0 && schema.default !== undefined && schema.default !== '' ? [schema.default] : values
  return given.map(String).map((value) => ({
    label: value,
    insert: value,
    detail: String(schema.default) === value ? 'default' : '',
    info: schema.description ?? '',
    kind: 'value',
  }))
}

/** What can be written where the cursor stands, by the CRD's schema; null where nothing is known. */
export function suggestionsAt(text: string, cursor: number): Suggestions | null {
  const lines = text.split('\n')
  const before = text.slice(0, cursor).split('\n')
  const at = before.length - 1
  const typed = before[at] ?? ''
  const above = before.slice(0, at)
  const value = TYPING_VALUE.exec(typed)
  if (value !== null) {
    const line = readLine(value)
    const schema = schemaAt([...parentsOf(above, line), line.key])
    const options = schema === undefined ? [] : valuesOf(schema)
    return options.length === 0 ? null : { from: cursor - (value[5]?.length ?? 0), options }
  }
  const key = TYPING_KEY.exec(typed)
  if (key === null || /^\s*:/.test(text.slice(cursor, cursor + 1))) return null
  const line = readLine(key)
  const path = parentsOf(above, line)
  const schema = path.length === 0 ? EDITOR_SCHEMA : schemaAt(path)
  if (schema === undefined || (schema.type !== 'object' && propertyOf(schema, line.key) === undefined))
    return null
  const taken = siblingsOf(lines, at, line)
  const options = fieldsOf(schema, taken, line.column)
  return options.length === 0 ? null : { from: cursor - line.key.length, options }
}
