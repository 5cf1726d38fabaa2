import type { Node, Pod } from '../../lib/cocoon/kube-json.ts'
import type { Load } from '../kubelet/load.ts'
import { kubeTime } from '../kube-time.ts'
import { METRICS_GROUP, METRICS_VERSION } from './metrics-objects.ts'
import type { Scrape } from './usage.ts'

/** How long one figure is an average of, as Go prints durations. */
export const WINDOW_SECONDS = 15
const WINDOW = `${WINDOW_SECONDS}s`
const API_VERSION = `${METRICS_GROUP}/${METRICS_VERSION}`

/** A PodMetrics or NodeMetrics object of metrics.k8s.io/v1beta1. */
export interface Metrics {
  kind: 'PodMetrics' | 'NodeMetrics'
  apiVersion: string
  metadata: { name: string; namespace?: string; creationTimestamp: string; labels?: Record<string, string> }
  timestamp: string
  window: string
  containers?: { name: string; usage: Usage }[]
  usage?: Usage
}

interface Usage {
  cpu: string
  memory: string
}

const usageOf = ({ cpuNanoCores, memoryBytes }: Load): Usage => ({
  cpu: `${cpuNanoCores}n`,
  memory: `${Math.round(memoryBytes / 1024)}Ki`,
})

function head(object: Pod | Node, at: number) {
  const { name = '', namespace, labels } = object.metadata ?? {}
  const time = kubeTime(at)
  return {
    apiVersion: API_VERSION,
    metadata: {
      name,
      ...(namespace && { namespace }),
      creationTimestamp: time,
      ...(labels && { labels }),
    },
    timestamp: time,
    window: WINDOW,
  }
}

/** A VM is one container of its pod; what else the pod has is never run. */
export function podMetrics({ at, pods }: Scrape): Metrics[] {
  return pods.map(({ pod, load }) => {
    const name = pod.spec?.containers?.[0]?.name ?? ''
    return { kind: 'PodMetrics', ...head(pod, at), containers: [{ name, usage: usageOf(load) }] }
  })
}

export function nodeMetrics({ at, nodes }: Scrape): Metrics[] {
  return nodes.map(({ node, load }) => ({ kind: 'NodeMetrics', ...head(node, at), usage: usageOf(load) }))
}

/** A list as the original prints it: its items say no kind. */
export function metricsList(kind: Metrics['kind'], items: readonly Metrics[]): object {
  const bare = items.map(({ metadata, timestamp, window, containers, usage }) => {
    const item = { metadata, timestamp, window }
    return containers ? Object.assign(item, { containers }) : Object.assign(item, { usage })
  })
  return { kind: `${kind}List`, apiVersion: API_VERSION, metadata: {}, items: bare }
}

const NAME = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description: 'Name of the resource',
  priority: 0,
}
const column = (name: string, format: string) => ({
  name,
  type: 'string',
  format,
  description: '',
  priority: 0,
})
const COLUMNS = [NAME, column('cpu', 'quantity'), column('memory', 'quantity'), column('Window', 'duration')]

/** Metrics as the table that kubectl prints. */
export function metricsTable(items: readonly Metrics[]): object {
  const rows = items.map((item) => {
    const usage = item.usage ?? item.containers?.[0]?.usage
    const { metadata, apiVersion, kind } = item
    return {
      cells: [metadata.name, usage?.cpu ?? '', usage?.memory ?? '', item.window],
      object: { kind, apiVersion, metadata },
    }
  })
  return { kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata: {}, columnDefinitions: COLUMNS, rows }
}

const VERBS = ['get', 'list']

/** The APIResourceList of the group. */
export const METRICS_RESOURCES = {
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion: API_VERSION,
  resources: [
    { name: 'nodes', singularName: '', namespaced: false, kind: 'NodeMetrics', verbs: VERBS },
    { name: 'pods', singularName: '', namespaced: true, kind: 'PodMetrics', verbs: VERBS },
  ],
}

const VERSION = { groupVersion: API_VERSION, version: METRICS_VERSION }

export const METRICS_API_GROUP = { name: METRICS_GROUP, versions: [VERSION], preferredVersion: VERSION }
