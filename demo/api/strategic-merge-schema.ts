import type { SchemaNode } from './openapi/schema-node.ts'
import { referenceOf } from './openapi/schema-node.ts'
import { structOf } from './openapi/structure.ts'

/** How a field of an object is patched. */
export interface PatchField {
  /** The schema of its value. */
  node: SchemaNode | undefined
  /** The schema of its items, when it is a list. */
  items: SchemaNode | undefined
  /** A list that is merged with the one that is there; others are replaced. */
  merged: boolean
  /** A map that is replaced although maps are merged. */
  replaced: boolean
  /** What items are told apart by; none for lists of plain values. */
  mergeKey: string | undefined
}

function resolved(node: SchemaNode | undefined): SchemaNode | undefined {
  const name = node && referenceOf(node)
  return name ? structOf(name)?.node : node
}

/** The rules of one field; those of a field that the schema does not know are the plain ones. */
export function fieldOf(parent: SchemaNode | undefined, key: string): PatchField {
  const struct = resolved(parent)
  const own = struct?.properties && Object.hasOwn(struct.properties, key) ? struct.properties[key] : undefined
  const node = own ?? struct?.additionalProperties
  const strategies = node?.['x-kubernetes-patch-strategy']?.split(',') ?? []
  return {
    node,
    items: node?.items,
    merged: strategies.includes('merge'),
    replaced: strategies.includes('replace'),
    mergeKey: node?.['x-kubernetes-patch-merge-key'],
  }
}
