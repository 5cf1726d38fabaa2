import { isRecord } from '../json.ts'
import { described, describedOfAll } from './descriptions.ts'
import type { SchemaNode } from './schema-node.ts'
import { SCHEMA_PREFIX } from './schema-node.ts'
import { structOf } from './structure.ts'

const OF_ALL_GROUPS = ['DeleteOptions', 'WatchEvent']

function withWords(name: string, node: SchemaNode): SchemaNode {
  const kind = name.slice(name.lastIndexOf('.') + 1)
  const isKind = node['x-kubernetes-group-version-kind'] !== undefined
  const properties = Object.entries(node.properties ?? {}).map(([field, property]) => {
    const description = described(kind, field) ?? (isKind ? describedOfAll(field) : undefined)
    return [field, description ? { description, ...property } : property]
  })
  const description = described(kind)
  return {
    ...(description && { description }),
    ...node,
    ...(node.properties && { properties: Object.fromEntries(properties) as Record<string, SchemaNode> }),
  }
}

function namesIn(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) namesIn(item, found)
  else if (isRecord(value)) {
    if (typeof value.$ref === 'string') found.add(value.$ref.slice(SCHEMA_PREFIX.length))
    for (const item of Object.values(value)) namesIn(item, found)
  }
}

/**
 * The schemas that a document needs: `own`, those that it or its paths refer to, and what these refer to in turn,
 * in the order of their names. A document's version counts deletions and watch events among its kinds.
 */
export function schemasFor(
  paths: unknown,
  own: Readonly<Record<string, SchemaNode>>,
  at: { group: string; version: string },
): Record<string, SchemaNode> {
  const found = new Map(Object.entries(own))
  const todo = new Set<string>()
  namesIn(paths, todo)
  namesIn(own, todo)
  for (const name of todo) {
    if (found.has(name)) continue
    const facts = structOf(name)
    if (!facts) continue
    const kind = OF_ALL_GROUPS.find((one) => name.endsWith(`.meta.v1.${one}`))
    const node = withWords(name, facts.node)
    const kinds = kind && [
      { group: '', kind, version: 'v1' },
      ...(at.group ? [{ group: at.group, kind, version: at.version }] : []),
    ]
    found.set(name, kinds ? { ...node, 'x-kubernetes-group-version-kind': kinds } : node)
    namesIn(node, todo)
  }
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)))
}
