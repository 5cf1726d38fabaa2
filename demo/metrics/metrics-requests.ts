import type { Form } from '../api/negotiate.ts'
import { negotiate } from '../api/negotiate.ts'
import { labelSelector } from '../api/label-selector.ts'
import { badRequest, methodNotAllowed, noSuchResource, notFound } from '../api/status.ts'
import {
  METRICS_API_GROUP,
  METRICS_RESOURCES,
  metricsList,
  metricsTable,
  nodeMetrics,
  podMetrics,
  type Metrics,
} from './metrics-json.ts'
import { METRICS_GROUP, METRICS_VERSION } from './metrics-objects.ts'
import type { Scrape } from './usage.ts'

const ROOT = `/apis/${METRICS_GROUP}`
const VERSION_ROOT = `${ROOT}/${METRICS_VERSION}`
const DOCUMENTS: Readonly<Record<string, object>> = {
  '/apis': { kind: 'APIGroupList', apiVersion: 'v1', groups: [METRICS_API_GROUP] },
  [ROOT]: { kind: 'APIGroup', apiVersion: 'v1', ...METRICS_API_GROUP },
  [VERSION_ROOT]: METRICS_RESOURCES,
}
const FORMS: readonly Form[] = ['table']
const PATH = new RegExp(`^${VERSION_ROOT}/(?:namespaces/([^/]+)/)?(pods|nodes)(?:/([^/]+))?$`)

interface Target {
  resource: 'pods' | 'nodes'
  namespace: string
  name: string
}

function targetOf(pathname: string): Target {
  const [, namespace = '', resource, name = ''] = PATH.exec(pathname) ?? []
  if (resource !== 'pods' && resource !== 'nodes') throw noSuchResource()
  const isScoped = namespace !== ''
  if (resource === 'nodes' ? isScoped : name !== '' && !isScoped) throw noSuchResource()
  return { resource, namespace: decodeURIComponent(namespace), name: decodeURIComponent(name) }
}

function fieldTest(selector: string | null): (metrics: Metrics) => boolean {
  if (!selector) return () => true
  const match = /^metadata\.(name|namespace)(==?|!=)([^,]*)$/.exec(selector)
  if (!match) throw badRequest(`field label not supported: ${selector.split(/[=!]/)[0]}`)
  const [, field, operator, value] = match
  return ({ metadata }) =>
    ((field === 'name' ? metadata.name : metadata.namespace) === value) === (operator !== '!=')
}

function selected(all: readonly Metrics[], target: Target, query: URLSearchParams): Metrics[] {
  const byLabel = labelSelector(query.get('labelSelector')) ?? (() => true)
  const byField = fieldTest(query.get('fieldSelector'))
  return all.filter(
    (one) =>
      (target.namespace === '' || one.metadata.namespace === target.namespace) &&
      byLabel(one.metadata.labels ?? {}) &&
      byField(one),
  )
}

const KINDS = { pods: 'PodMetrics', nodes: 'NodeMetrics' } as const

function single(all: readonly Metrics[], { resource, namespace, name }: Target): Metrics {
  const found = all.find((one) => one.metadata.name === name && (one.metadata.namespace ?? '') === namespace)
  if (found) return found
  const plural = KINDS[resource].toLowerCase()
  throw notFound({ group: METRICS_GROUP, plural }, namespace ? `${namespace}/${name}` : name)
}

/**
 * The body that answers a request for metrics.k8s.io. Rejects with the Status that refuses it: 404 for what has no
 * metrics, such as a VM that sleeps.
 */
export async function answerMetrics(
  method: string,
  url: URL,
  accept: string | undefined,
  scrape: () => Promise<Scrape>,
): Promise<object> {
  const path = url.pathname.replace(/\/$/, '')
  if (method !== 'GET' && method !== 'HEAD') throw methodNotAllowed()
  const document = Object.hasOwn(DOCUMENTS, path) ? DOCUMENTS[path] : undefined
  if (document) return document
  const target = targetOf(path)
  const { form } = negotiate(accept, FORMS)
  const latest = await scrape()
  const all = target.resource === 'pods' ? podMetrics(latest) : nodeMetrics(latest)
  if (target.name !== '') {
    const found = single(all, target)
    return form === 'table' ? metricsTable([found]) : found
  }
  const found = selected(all, target, url.searchParams)
  return form === 'table' ? metricsTable(found) : metricsList(KINDS[target.resource], found)
}
