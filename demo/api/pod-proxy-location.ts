import type { Cluster } from './cluster.ts'
import { isRecord, listAt, numberAt, textAt, type KubeJson } from './json.ts'
import { storedOf } from './list.ts'
import { plainError } from './pod-proxy-errors.ts'
import type { ObjectRoute } from './route.ts'
import { badRequest, notFound } from './status.ts'

/** Where a kubelet listens. */
export interface KubeletAddress {
  host: string
  port: number
}

const DEFAULT_PORT = 10_250
/** As an API server started with --kubelet-preferred-address-types=ExternalDNS,InternalIP. */
const PREFERRED = ['ExternalDNS', 'InternalIP']

/** The pod of the route. Throws 404. */
export function podOf(cluster: Cluster, route: ObjectRoute): KubeJson {
  const stored = storedOf(cluster, route)
  if (!stored) throw notFound(route.resource, route.name)
  return stored.object
}

const namesOf = (pod: KubeJson, list: string) =>
  listAt(pod, 'spec', list).map((container) => textAt(container, 'name'))

/** The container that is meant: the only one when none is named. Throws 400 in the original's words. */
export function containerOf(pod: KubeJson, asked: string): string {
  const name = pod.metadata.name ?? ''
  const own = namesOf(pod, 'containers')
  const all = [...namesOf(pod, 'initContainers'), ...own, ...namesOf(pod, 'ephemeralContainers')]
  if (asked !== '') {
    if (!all.includes(asked)) throw badRequest(`container ${asked} is not valid for pod ${name}`)
    return asked
  }
  const [only] = own
  if (own.length === 1 && only !== undefined) return only
  const choice = own.length === 0 ? '' : `, choose one of: [${all.join(' ')}]`
  throw badRequest(`a container name must be specified for pod ${name}${choice}`)
}

/** The kubelet of the node that a pod is bound to; undefined when it is bound to none. Throws 404 and 500. */
export function kubeletOf(cluster: Cluster, route: ObjectRoute, pod: KubeJson): KubeletAddress | undefined {
  const nodeName = textAt(pod, 'spec', 'nodeName')
  if (nodeName === '') return undefined
  const nodes = cluster.registry.find('', 'v1', 'nodes')
  const node = nodes && cluster.store.get(nodes, '', nodeName)?.object
  // The original takes its words from the request, which is about pods.
  if (!node) throw notFound(route.resource, nodeName)
  const addresses = listAt(node, 'status', 'addresses').filter(isRecord)
  const preferred = PREFERRED.map((type) => addresses.find((one) => one.type === type)).find(Boolean)
  if (!preferred) {
    const known = addresses.map((one) => `{${textAt(one, 'type')} ${textAt(one, 'address')}}`).join(' ')
    throw plainError(`no preferred addresses found; known addresses: [${known}]`)
  }
  const port = numberAt(node, 'status', 'daemonEndpoints', 'kubeletEndpoint', 'Port')
  return { host: textAt(preferred, 'address'), port: port > 0 ? port : DEFAULT_PORT }
}

/** The same for what cannot do without. Throws 400 for a pod without a node. */
export function requireKubelet(cluster: Cluster, route: ObjectRoute, pod: KubeJson): KubeletAddress {
  const found = kubeletOf(cluster, route, pod)
  if (!found) throw badRequest(`pod ${pod.metadata.name ?? ''} does not have a host assigned`)
  return found
}
