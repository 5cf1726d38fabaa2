import type { SchemaNode } from './schema-node.ts'
import { referenceOf } from './schema-node.ts'

const SCALARS: Readonly<Record<string, string>> = {
  'integer.int32': 'int32',
  'integer.int64': 'int64',
  integer: 'int64',
  boolean: 'bool',
  number: 'float64',
  'number.double': 'float64',
  'string.byte': '[]uint8',
  string: 'string',
}

/** The Go type that a schema stands for unless a fact says otherwise, as Go's decoder names it. */
export function derivedGoType(node: SchemaNode): string {
  const name = referenceOf(node)
  if (name) return name.split('.').slice(-2).join('.')
  if (node.items) return `[]${derivedGoType(node.items)}`
  if (node.additionalProperties) return `map[string]${derivedGoType(node.additionalProperties)}`
  const type = node.format ? `${node.type}.${node.format}` : (node.type ?? '')
  return SCALARS[type] ?? SCALARS[node.type ?? ''] ?? 'interface {}'
}
