/** A schema of OpenAPI v3 as Kubernetes writes them. Never changed once it is made: nodes are shared. */
export interface SchemaNode {
  readonly description?: string
  readonly type?: string
  readonly format?: string
  readonly $ref?: string
  /** Always one reference: Kubernetes wraps those that have siblings. */
  readonly allOf?: readonly SchemaNode[]
  readonly oneOf?: readonly SchemaNode[]
  readonly anyOf?: readonly SchemaNode[]
  readonly default?: unknown
  readonly enum?: readonly unknown[]
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly items?: SchemaNode
  readonly additionalProperties?: SchemaNode
  readonly 'x-kubernetes-group-version-kind'?: readonly GroupVersionKind[]
  readonly 'x-kubernetes-list-type'?: string
  readonly 'x-kubernetes-list-map-keys'?: readonly string[]
  readonly 'x-kubernetes-map-type'?: string
  readonly 'x-kubernetes-patch-strategy'?: string
  readonly 'x-kubernetes-patch-merge-key'?: string
  readonly [keyword: string]: unknown
}

export interface GroupVersionKind {
  group: string
  version: string
  kind: string
}

export const SCHEMA_PREFIX = '#/components/schemas/'

/** The name of the schema that a node refers to, plainly or wrapped; undefined when it stands for itself. */
export function referenceOf(node: SchemaNode): string | undefined {
  const reference = node.$ref ?? node.allOf?.[0]?.$ref
  return reference?.slice(SCHEMA_PREFIX.length)
}
