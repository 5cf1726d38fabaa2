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

function probeDefaults(probe: JsonRecord): JsonRecord {
  const http = isRecord(probe.httpGet) ? { httpGet: { path: '/', scheme: 'HTTP', ...probe.httpGet } } : {}
  return { ...PROBE, ...probe, ...http }
}

function envDefaults(env: unknown): unknown {
  const reference = valueAt(env, 'valueFrom', 'fieldRef')
  if (!isRecord(env) || !isRecord(reference)) return env
  return Object.assign({}, env, { valueFrom: { fieldRef: { apiVersion: 'v1', ...reference } } })
}

/** What is limited but not asked for is asked for as far as the limit. */
function resourceDefaults(resources: unknown): JsonRecord {
  if (!isRecord(resources)) return {}
  const { limits, requests } = resources
  if (!isRecord(limits)) return resources
  return { ...resources, requests: { ...limits, ...(isRecord(requests) ? requests : {}) } }
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
  }
}

/** Files of these volumes are readable by all, writable by their owner. */
const FILE_VOLUMES = ['configMap', 'downwardAPI', 'projected', 'secret'] as const
const FILE_MODE = 420

function volumeDefaults(volume: unknown): unknown {
  const kind = FILE_VOLUMES.find((name) => isRecord(valueAt(volume, name)))
  if (!isRecord(volume) || !kind) return volume
  return { ...volume, [kind]: Object.assign({ defaultMode: FILE_MODE }, volume[kind]) }
}

/** The defaults that the server writes into a pod before admission sees it. */
export function podDefaults(pod: KubeJson): KubeJson {
  const spec: JsonRecord = isRecord(pod.spec) ? pod.spec : {}
  const containers = listAt(spec, 'containers').map(containerDefaults)
  const initContainers = listAt(spec, 'initContainers').map(containerDefaults)
  const volumes = listAt(spec, 'volumes').map(volumeDefaults)
  const account = textAt(spec, 'serviceAccountName')
  return {
    ...pod,
    spec: {
      ...POD_SPEC,
      ...spec,
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
