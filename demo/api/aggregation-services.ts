import { kubeTime } from '../kube-time.ts'
import type { Cluster } from './cluster.ts'
import type { KubeJson } from './json.ts'
import { isRecord, listAt, numberAt, textAt, valueAt } from './json.ts'
import type { RemoteVersion } from './remote-discovery.ts'
import { REVIEWS } from './reviews.ts'
import type { Stored } from './stored.ts'
import { CRD_ID } from './registry.ts'

/** One version of one group, by precedence; `remote` when another server answers for it. */
export interface ServedVersion {
  group: string
  version: string
  remote: RemoteVersion | undefined
}

/** Precedence of the groups that the server has itself, and of versions within them. */
const GROUP_PRIORITIES: Readonly<Record<string, number>> = {
  '': 18_000,
  apps: 17_800,
  'events.k8s.io': 17_750,
  'authentication.k8s.io': 17_700,
  'authorization.k8s.io': 17_600,
  autoscaling: 17_500,
  batch: 17_400,
  'networking.k8s.io': 17_200,
  policy: 17_100,
  'rbac.authorization.k8s.io': 17_000,
  'storage.k8s.io': 16_800,
  'admissionregistration.k8s.io': 16_700,
  'apiextensions.k8s.io': 16_700,
  'scheduling.k8s.io': 16_600,
  'coordination.k8s.io': 16_500,
  'discovery.k8s.io': 16_200,
}
const VERSION_PRIORITIES: Readonly<Record<string, number>> = { 'v1.': 1, 'v2.autoscaling': 30 }
const CUSTOM = { group: 1000, version: 100 }
/** The group of the API services themselves comes first and needs no API service. */
const REGISTRATION = 'apiregistration.k8s.io'
const MANAGED = 'kube-aggregator.kubernetes.io/automanaged'

const resourceOf = (cluster: Cluster) => cluster.registry.find(REGISTRATION, 'v1', 'apiservices')

/** All APIService objects, local and remote ones. */
export function apiServices(cluster: Cluster): Stored[] {
  const resource = resourceOf(cluster)
  return resource ? cluster.store.list(resource, '') : []
}

/** Whether another server answers for an APIService. */
export const isRemote = (service: KubeJson) => isRecord(valueAt(service, 'spec', 'service'))

export function isAvailable(service: KubeJson): boolean {
  const found = listAt(service, 'status', 'conditions').find((one) => textAt(one, 'type') === 'Available')
  return textAt(found, 'status') === 'True'
}

const groupOf = ({ object }: Stored) => textAt(object, 'spec', 'group')
const versionOf = ({ object }: Stored) => textAt(object, 'spec', 'version')

/** Every version that clients can ask for, in the order in which they should prefer them. */
export function servedVersions(cluster: Cluster): ServedVersion[] {
  const all = apiServices(cluster)
  const most = new Map<string, number>()
  for (const one of all) {
    const priority = numberAt(one.object, 'spec', 'groupPriorityMinimum')
    most.set(groupOf(one), Math.max(priority, most.get(groupOf(one)) ?? 0))
  }
  const rank = (one: Stored) => most.get(groupOf(one)) ?? 0
  const inGroup = (one: Stored) => numberAt(one.object, 'spec', 'versionPriority')
  const sorted = all.toSorted(
    (a, b) =>
      rank(b) - rank(a) ||
      (groupOf(a) < groupOf(b) ? -1 : groupOf(a) > groupOf(b) ? 1 : inGroup(b) - inGroup(a)),
  )
  const listed = sorted.map((one) => ({
    group: groupOf(one),
    version: versionOf(one),
    remote: isRemote(one.object) ? remoteOf(cluster, one.object) : undefined,
  }))
  return [{ group: REGISTRATION, version: 'v1', remote: undefined }, ...listed]
}

const remoteOf = (cluster: Cluster, service: KubeJson): RemoteVersion => ({
  document: cluster.remotes.get(service.metadata.name ?? '') ?? {},
  freshness: isAvailable(service) ? 'Current' : 'Stale',
})

interface LocalVersion {
  group: string
  version: string
  custom: boolean
}

function localVersions(cluster: Cluster): Map<string, LocalVersion> {
  const found = new Map<string, LocalVersion>()
  const reviews = REVIEWS.map(({ group, version }) => ({ group, version, custom: false }))
  for (const { group, version, custom } of [...cluster.registry.all(), ...reviews]) {
    if (group !== REGISTRATION) found.set(`${version}.${group}`, { group, version, custom })
  }
  return found
}

function localService(cluster: Cluster, name: string, { group, version, custom }: LocalVersion): KubeJson {
  const now = kubeTime(cluster.clock.now())
  const versionPriority = custom ? CUSTOM.version : (VERSION_PRIORITIES[name] ?? 15)
  const groupPriorityMinimum = GROUP_PRIORITIES[group] ?? CUSTOM.group
  return {
    kind: 'APIService',
    apiVersion: `${REGISTRATION}/v1`,
    metadata: {
      name,
      uid: cluster.random.uuid(),
      creationTimestamp: now,
      labels: { [MANAGED]: custom ? 'true' : 'onstart' },
    },
    spec: { ...(group && { group }), version, groupPriorityMinimum, versionPriority },
    status: {
      conditions: [
        {
          type: 'Available',
          status: 'True',
          lastTransitionTime: now,
          reason: 'Local',
          message: 'Local APIServices are always available',
        },
      ],
    },
  }
}

/** Keeps an APIService for every version that the server has itself. Returns what stops it. */
export function keepLocalServices(cluster: Cluster): () => void {
  let stopped = false
  let planned = false
  const settle = () => {
    planned = false
    const resource = resourceOf(cluster)
    if (stopped || !resource) return
    const wanted = localVersions(cluster)
    for (const stored of apiServices(cluster)) {
      const { name = '', labels = {} } = stored.object.metadata
      if (labels[MANAGED] && !wanted.has(name)) cluster.store.remove(stored)
      wanted.delete(name)
    }
    for (const [name, one] of wanted) cluster.store.put(resource, localService(cluster, name, one))
  }
  const leave = cluster.store.onChange(({ type, stored }) => {
    const lost = type === 'DELETED' && stored.resource.id === resourceOf(cluster)?.id
    if (planned || !(lost || stored.resource.id === CRD_ID)) return
    planned = true
    queueMicrotask(settle)
  })
  settle()
  return () => {
    stopped = true
    leave()
  }
}
