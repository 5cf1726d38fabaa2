import type { CocoonHibernation, CocoonSet } from '../../lib/cocoon/crd.ts'
import { API_VERSION, KIND_COCOON_HIBERNATION, KIND_COCOON_SET } from '../../lib/cocoon/keys.ts'
import type { KubeObject, Node, Pod } from '../../lib/cocoon/kube-json.ts'

/** An event of core v1, as controllers write it. */
export interface KubeEvent extends KubeObject {
  involvedObject?: {
    apiVersion?: string
    kind?: string
    namespace?: string
    name?: string
    uid?: string
  }
  type?: string
  reason?: string
  message?: string
  count?: number
  firstTimestamp?: string
  lastTimestamp?: string
  source?: { component?: string; host?: string }
  reportingComponent?: string
  reportingInstance?: string
}

/** The heartbeat of a node (coordination.k8s.io/v1). */
export interface Lease extends KubeObject {
  spec?: { holderIdentity?: string; leaseDurationSeconds?: number; renewTime?: string }
}

/** The object type behind each resource that the demo's controllers touch. */
export interface Resources {
  pods: Pod
  nodes: Node
  events: KubeEvent
  leases: Lease
  cocoonsets: CocoonSet
  cocoonhibernations: CocoonHibernation
}

export type Resource = keyof Resources

interface ResourceDetail {
  root: string
  apiVersion: string
  kind: string
  namespaced: boolean
}

const CUSTOM = `/apis/${API_VERSION}`

export const RESOURCES: Record<Resource, ResourceDetail> = {
  pods: { root: '/api/v1', apiVersion: 'v1', kind: 'Pod', namespaced: true },
  nodes: { root: '/api/v1', apiVersion: 'v1', kind: 'Node', namespaced: false },
  events: { root: '/api/v1', apiVersion: 'v1', kind: 'Event', namespaced: true },
  leases: {
    root: '/apis/coordination.k8s.io/v1',
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    namespaced: true,
  },
  cocoonsets: { root: CUSTOM, apiVersion: API_VERSION, kind: KIND_COCOON_SET, namespaced: true },
  cocoonhibernations: {
    root: CUSTOM,
    apiVersion: API_VERSION,
    kind: KIND_COCOON_HIBERNATION,
    namespaced: true,
  },
}

/** Where one object is found; `namespace` is '' for cluster-scoped objects. */
export interface ObjectRef {
  namespace: string
  name: string
}

/** The reference of an object that came from the server. */
export function refOf(object: KubeObject): ObjectRef {
  return { namespace: object.metadata?.namespace ?? '', name: object.metadata?.name ?? '' }
}

/** `namespace/name`, the key of caches and queues. */
export function keyOf(ref: ObjectRef): string {
  return `${ref.namespace}/${ref.name}`
}

/** The opposite of `keyOf`. */
export function refOfKey(key: string): ObjectRef {
  const slash = key.indexOf('/')
  return { namespace: key.slice(0, slash), name: key.slice(slash + 1) }
}

/** URL path of a collection, or of one object (and its subresource). */
export function pathOf(resource: Resource, namespace: string, name = '', subresource = ''): string {
  const detail = RESOURCES[resource]
  const scope = detail.namespaced && namespace !== '' ? `/namespaces/${encodeURIComponent(namespace)}` : ''
  const object = name === '' ? '' : `/${encodeURIComponent(name)}`
  return `${detail.root}${scope}/${resource}${object}${subresource === '' ? '' : `/${subresource}`}`
}
