import { parseQuantity } from '../../lib/cocoon/quantity-parse.ts'
import { quantityString } from '../../lib/cocoon/quantity.ts'
import type { JsonRecord, KubeJson } from './json.ts'
import { isRecord, listAt, textAt, valueAt } from './json.ts'

const POD_SPEC = {
  restartPolicy: 'Always',
  terminationGracePeriodSeconds: 30,
  dnsPolicy: 'ClusterFirst',
  securityContext: {},
  schedulerName: 'default-scheduler',
  enableServiceLinks: true,
}

const CONTAINER = {
  resources: {},
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
}

/** `latest` and untagged images are pulled always, as in the original. */
function pullPolicy(image: string): string {
  const tag = image.slice(image.lastIndexOf('/') + 1)
  return !tag.includes('@') && (!tag.includes(':') || tag.endsWith(':latest')) ? 'Always' : 'IfNotPresent'
}

const PROBE = { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }
const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const

function handlerDefaults(owner: JsonRecord): JsonRecord {
  const { httpGet, grpc } = owner
  return {
    ...owner,
    ...(isRecord(httpGet) && { httpGet: { path: '/', scheme: 'HTTP', ...httpGet } }),
    ...(isRecord(grpc) && { grpc: { service: '', ...grpc } }),
  }
}

const probeDefaults = (probe: JsonRecord): JsonRecord => ({ ...PROBE, ...handlerDefaults(probe) })

function hookDefaults(lifecycle: unknown): JsonRecord {
  if (!isRecord(lifecycle)) return {}
  const hooks = Object.entries(lifecycle).map(([name, hook]) => [
    name,
    isRecord(hook) ? handlerDefaults(hook) : hook,
  ])
  return { lifecycle: Object.fromEntries(hooks) as JsonRecord }
}

/** A reference to a field of the pod itself is in the words of v1. */
function withVersion(owner: unknown): unknown {
  if (!isRecord(owner) || !isRecord(owner.fieldRef)) return owner
  return { ...owner, fieldRef: { apiVersion: 'v1', ...owner.fieldRef } }
}

const envDefaults = (env: unknown): unknown =>
  isRecord(env) && isRecord(env.valueFrom) ? { ...env, valueFrom: withVersion(env.valueFrom) } : env

/** Amounts finer than a thousandth are more than there can be. */
function rounded(amounts: JsonRecord): JsonRecord {
  const entries = Object.entries(amounts).map(([name, amount]) => [name, roundedUp(amount)])
  return Object.fromEntries(entries) as JsonRecord
}

const MILLI = 3

function roundedUp(amount: unknown): unknown {
  const parsed = parseQuantity(String(amount))
  if (!parsed || parsed.exponent >= -MILLI) return amount
  const unit = 10n ** BigInt(-parsed.exponent - MILLI)
  const thousandths = (parsed.coefficient + unit - 1n) / unit
  return quantityString(`${thousandths}m`)
}

/** What is limited but not asked for is asked for as far as the limit. */
function resourceDefaults(resources: unknown): JsonRecord {
  if (!isRecord(resources)) return {}
  const limits = isRecord(resources.limits) ? rounded(resources.limits) : undefined
  const requests = isRecord(resources.requests) ? rounded(resources.requests) : undefined
  return {
    ...resources,
    ...(limits && { limits }),
    ...((limits ?? requests) && { requests: { ...limits, ...requests } }),
  }
}

function containerDefaults(container: unknown): unknown {
  if (!isRecord(container)) return container
  const ports = listAt(container, 'ports').map((one) =>
    isRecord(one) ? Object.assign({ protocol: 'TCP' }, one) : one,
  )
  const env = listAt(container, 'env').map(envDefaults)
  const probes = PROBES.flatMap((name) => {
    const probe = container[name]
    return isRecord(probe) ? [[name, probeDefaults(probe)] as const] : []
  })
  return {
    imagePullPolicy: pullPolicy(textAt(container, 'image')),
    ...CONTAINER,
    ...container,
    resources: resourceDefaults(container.resources),
    ...(ports.length > 0 && { ports }),
    ...(env.length > 0 && { env }),
    ...Object.fromEntries(probes),
    ...hookDefaults(container.lifecycle),
  }
}

/** Files of these volumes are readable by all, writable by their owner. */
const FILE_VOLUMES = new Set(['configMap', 'downwardAPI', 'projected', 'secret'])
const FILE_MODE = 420
const TOKEN_SECONDS = 3600

const withItems = (source: JsonRecord): JsonRecord =>
  source.items === undefined ? source : { ...source, items: listAt(source, 'items').map(withVersion) }

function projectionDefaults(projection: unknown): unknown {
  if (!isRecord(projection)) return projection
  const { serviceAccountToken: token, downwardAPI } = projection
  return {
    ...projection,
    ...(isRecord(token) && { serviceAccountToken: { expirationSeconds: TOKEN_SECONDS, ...token } }),
    ...(isRecord(downwardAPI) && { downwardAPI: withItems(downwardAPI) }),
  }
}

function sourceDefaults(name: string, source: JsonRecord): JsonRecord {
  if (name === 'hostPath') return { type: '', ...source }
  if (!FILE_VOLUMES.has(name)) return source
  const sources = name === 'projected' ? { sources: listAt(source, 'sources').map(projectionDefaults) } : {}
  const filled = { defaultMode: FILE_MODE, ...source, ...sources }
  return name === 'downwardAPI' ? withItems(filled) : filled
}

/** A volume of no kind is an empty directory. */
function volumeDefaults(volume: unknown): unknown {
  if (!isRecord(volume)) return volume
  const sources = Object.entries(volume).filter(([, source]) => isRecord(source))
  if (sources.length === 0) return { ...volume, emptyDir: {} }
  const filled = sources.map(([name, source]) => [
    name,
    isRecord(source) ? sourceDefaults(name, source) : source,
  ])
  return { ...volume, ...(Object.fromEntries(filled) as JsonRecord) }
}

/** On the node's own network a container's port is the node's. */
function hostPorts(container: unknown): unknown {
  if (!isRecord(container)) return container
  const ports = listAt(container, 'ports').map((port) =>
    isRecord(port) ? Object.assign({ hostPort: port.containerPort }, port) : port,
  )
  return ports.length > 0 ? { ...container, ports } : container
}

/** What ends at once, or in the past, has a second. */
const graceOf = (seconds: unknown): { terminationGracePeriodSeconds?: number } =>
  typeof seconds === 'number' && seconds < 0 ? { terminationGracePeriodSeconds: 1 } : {}

/** The defaults that the server writes into a pod before admission sees it. */
export function podDefaults(pod: KubeJson): KubeJson {
  const spec: JsonRecord = isRecord(pod.spec) ? pod.spec : {}
  const own = (container: unknown) => {
    const filled = containerDefaults(container)
    return spec.hostNetwork === true ? hostPorts(filled) : filled
  }
  const containers = listAt(spec, 'containers').map(own)
  const initContainers = listAt(spec, 'initContainers').map(own)
  const volumes = listAt(spec, 'volumes').map(volumeDefaults)
  const account = textAt(spec, 'serviceAccountName')
  return {
    ...pod,
    spec: {
      ...POD_SPEC,
      ...spec,
      ...graceOf(spec.terminationGracePeriodSeconds),
      ...(account && { serviceAccount: account }),
      containers,
      ...(initContainers.length > 0 && { initContainers }),
      ...(volumes.length > 0 && { volumes }),
    },
  }
}

const amounts = (container: unknown, which: string) => {
  const found = valueAt(container, 'resources', which)
  return isRecord(found) ? found : {}
}

/** status.qosClass: Guaranteed when every container limits cpu and memory and requests just that. */
export function qosClass(pod: KubeJson): string {
  const containers = listAt(pod, 'spec', 'containers')
  const guaranteed = containers.every((one) => {
    const limits = amounts(one, 'limits')
    const requests = { ...limits, ...amounts(one, 'requests') }
    return ['cpu', 'memory'].every((kind) => limits[kind] !== undefined && limits[kind] === requests[kind])
  })
  if (guaranteed && containers.length > 0) return 'Guaranteed'
  const any = containers.some((one) => 'requests' in amountsOf(one) || 'limits' in amountsOf(one))
  return any ? 'Burstable' : 'BestEffort'
}

const amountsOf = (container: unknown) => {
  const found = valueAt(container, 'resources')
  return isRecord(found) ? found : {}
}
