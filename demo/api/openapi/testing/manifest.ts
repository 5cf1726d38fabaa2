/** One request, and what has to be there before it. */
export interface Manifest {
  /** Tells it from the others; the recorded answer is kept under it. */
  name: string
  /** Objects that are created first, and deleted afterwards: their collection and body. */
  before?: readonly (readonly [path: string, body: Body])[]
  method: 'POST' | 'PUT' | 'PATCH'
  path: string
  body: unknown
  contentType?: string
}

export interface Body {
  apiVersion: string
  kind: string
  metadata: { name: string; [field: string]: unknown }
  [field: string]: unknown
}

export const NAMESPACE = 'manifest-cases'
export const inNamespace = (plural: string, root = '/api/v1') => `${root}/namespaces/${NAMESPACE}/${plural}`
export const RBAC = '/apis/rbac.authorization.k8s.io/v1'
export const MERGE = 'application/merge-patch+json'
export const STRATEGIC = 'application/strategic-merge-patch+json'

export type Fields = Record<string, unknown>

export const podOf = (spec: Fields, metadata: Fields = {}): Body => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', ...metadata },
  spec: { containers: [{ name: 'a', image: 'i:1' }], ...spec },
})

/** A pod whose one container has these fields. */
export const withContainer = (container: Fields, spec: Fields = {}): Body =>
  podOf({ containers: [{ name: 'a', image: 'i:1', ...container }], ...spec })

export const configMap = (metadata: Fields, fields: Fields = {}): Body => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'c', ...metadata },
  ...fields,
})

/** A creation that is only tried. */
export const tried = (name: string, path: string, body: unknown): Manifest => ({
  name,
  method: 'POST',
  path: `${path}?dryRun=All`,
  body,
})
