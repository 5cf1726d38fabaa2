import type { Call, Exchange } from '../exchange.ts'

export const NS = '/api/v1/namespaces/$ns'
export const PODS = `${NS}/pods`
export const MAPS = `${NS}/configmaps`
export const COCOON = '/apis/cocoonset.cocoonstack.io/v1'
export const SETS = `${COCOON}/namespaces/$ns/cocoonsets`
export const HIBERNATIONS = `${COCOON}/namespaces/$ns/cocoonhibernations`
export const LEASES = '/apis/coordination.k8s.io/v1/namespaces/$ns/leases'
export const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'

type More = Omit<Call, 'method' | 'path' | 'body'>

export const get = (path: string, more: More = {}): Call => ({ method: 'GET', path, ...more })
export const post = (path: string, body: unknown, more: More = {}): Call => ({
  method: 'POST',
  path,
  body,
  ...more,
})
export const put = (path: string, body: unknown, more: More = {}): Call => ({
  method: 'PUT',
  path,
  body,
  ...more,
})
/** A deletion; without a body where the options are in the query. */
export const del = (path: string, body?: unknown, more: More = {}): Call => ({
  method: 'DELETE',
  path,
  ...(body !== undefined && { body }),
  ...more,
})

export const PATCH_TYPES = {
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
} as const

export const patch = (
  type: keyof typeof PATCH_TYPES,
  path: string,
  body: unknown,
  more: More = {},
): Call => ({
  method: 'PATCH',
  path,
  body,
  ...more,
  headers: { 'content-type': PATCH_TYPES[type], ...more.headers },
})

/** Prepares: must succeed, and is not compared. */
export const setup = (call: Call): Call => ({ ...call, setup: true })

export const accept = (type: string) => ({ headers: { accept: type } })

/** An exchange of one request. */
export const single = (name: string, ...steps: Exchange['steps']): Exchange => ({ name, steps })

export const map = (name: string, fields: { metadata?: object; [field: string]: unknown } = {}) => {
  const { metadata, ...rest } = fields
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, ...metadata },
    data: { a: '1' },
    ...rest,
  }
}

/**
 * A pod that no scheduler looks at and that takes no account's token, so that nothing happens to it but what the
 * exchange does.
 */
export const pod = (
  name: string,
  fields: { metadata?: object; spec?: object; [field: string]: unknown } = {},
) => {
  const { metadata, spec, ...rest } = fields
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...metadata },
    spec: {
      schedulerName: 'nobody',
      automountServiceAccountToken: false,
      containers: [{ name: 'main', image: 'busybox:1' }],
      ...spec,
    },
    ...rest,
  }
}

export const set = (name: string, spec: object = {}, metadata: object = {}) => ({
  apiVersion: 'cocoonset.cocoonstack.io/v1',
  kind: 'CocoonSet',
  metadata: { name, ...metadata },
  spec: { agent: { image: 'ubuntu:24.04' }, ...spec },
})

export const hibernation = (name: string, spec: object = {}) => ({
  apiVersion: 'cocoonset.cocoonstack.io/v1',
  kind: 'CocoonHibernation',
  metadata: { name },
  spec: { desire: 'Hibernate', podRef: { name }, ...spec },
})

export const isGone = (answer: { status: number }) => answer.status === 404
