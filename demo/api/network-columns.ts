import { AGE, NAME, orNone, text } from './columns.ts'
import type { KubeJson } from './json.ts'
import { listAt, textAt, valueAt } from './json.ts'
import type { Column } from './resource.ts'
import { labelsText, selectorText } from './selector-text.ts'

/** Cells list this many addresses and count the rest. */
const SHOWN = 3

function withMore(all: readonly string[]): string {
  const shown = all.slice(0, SHOWN).join(',')
  return all.length > SHOWN ? `${shown} + ${all.length - SHOWN} more...` : shown
}

const textsAt = (value: unknown, ...path: readonly string[]) => listAt(value, ...path).map(String)

function loadBalancer(object: KubeJson): string[] {
  const found = listAt(object, 'status', 'loadBalancer', 'ingress').map(
    (one) => textAt(one, 'ip') || textAt(one, 'hostname'),
  )
  return [...new Set(found)].filter((one) => one !== '').sort()
}

function externalAddress(service: KubeJson): string {
  const own = textsAt(service, 'spec', 'externalIPs')
  const type = textAt(service, 'spec', 'type')
  if (type === 'ClusterIP' || type === 'NodePort') return orNone(own.join(','))
  if (type === 'LoadBalancer') return [...loadBalancer(service), ...own].join(',') || '<pending>'
  return type === 'ExternalName' ? textAt(service, 'spec', 'externalName') : '<unknown>'
}

function servicePort(port: unknown): string {
  const nodePort = valueAt(port, 'nodePort')
  const opened = typeof nodePort === 'number' && nodePort > 0 ? `:${nodePort}` : ''
  return `${String(valueAt(port, 'port'))}${opened}/${textAt(port, 'protocol')}`
}

export const serviceColumns: readonly Column[] = [
  NAME,
  text('Type', (object) => textAt(object, 'spec', 'type')),
  text('Cluster-IP', (object) => orNone(textAt(object, 'spec', 'clusterIPs', 0))),
  text('External-IP', externalAddress),
  text('Port(s)', (object) => orNone(listAt(object, 'spec', 'ports').map(servicePort).join(','))),
  AGE,
  text('Selector', (object) => labelsText(valueAt(object, 'spec', 'selector')), 1),
]

function subsetAddresses(subset: unknown): string[] {
  const addresses = listAt(subset, 'addresses').map((one) => textAt(one, 'ip'))
  const ports = listAt(subset, 'ports').map((one) => String(valueAt(one, 'port')))
  if (ports.length === 0) return addresses
  return ports.flatMap((port) => addresses.map((ip) => `${ip.includes(':') ? `[${ip}]` : ip}:${port}`))
}

export const endpointsColumns: readonly Column[] = [
  NAME,
  text('Endpoints', (object) => orNone(withMore(listAt(object, 'subsets').flatMap(subsetAddresses)))),
  AGE,
]

function slicePort(port: unknown): string {
  const wanted = valueAt(port, 'port')
  return typeof wanted === 'number' ? String(wanted) : textAt(port, 'name') || '*'
}

export const endpointSliceColumns: readonly Column[] = [
  NAME,
  text('AddressType', (object) => textAt(object, 'addressType')),
  text('Ports', (object) => withMore(listAt(object, 'ports').map(slicePort)) || '<unset>'),
  text(
    'Endpoints',
    (object) =>
      withMore(listAt(object, 'endpoints').flatMap((one) => textsAt(one, 'addresses'))) || '<unset>',
  ),
  AGE,
]

export const ingressColumns: readonly Column[] = [
  NAME,
  text('Class', (object) => orNone(textAt(object, 'spec', 'ingressClassName'))),
  text('Hosts', (object) => {
    const hosts = listAt(object, 'spec', 'rules').map((one) => textAt(one, 'host'))
    return withMore(hosts.filter((host) => host !== '')) || '*'
  }),
  text('Address', (object) => loadBalancer(object).join(',')),
  text('Ports', (object) => (listAt(object, 'spec', 'tls').length > 0 ? '80, 443' : '80')),
  AGE,
]

const isDefault = (object: KubeJson, annotation: string) =>
  object.metadata.annotations?.[annotation] === 'true' ? ' (default)' : ''

export const ingressClassColumns: readonly Column[] = [
  {
    ...NAME,
    cell: (object) =>
      `${object.metadata.name}${isDefault(object, 'ingressclass.kubernetes.io/is-default-class')}`,
  },
  text('Controller', (object) => textAt(object, 'spec', 'controller')),
  text('Parameters', (object) => {
    const parameters = valueAt(object, 'spec', 'parameters')
    const group = textAt(parameters, 'apiGroup')
    const kind = `${textAt(parameters, 'kind')}${group && `.${group}`}`
    return parameters === undefined ? '<none>' : `${kind}/${textAt(parameters, 'name')}`
  }),
  AGE,
]

export const networkPolicyColumns: readonly Column[] = [
  NAME,
  text('Pod-Selector', (object) => selectorText(valueAt(object, 'spec', 'podSelector'))),
  AGE,
]
