import type { Cluster } from './cluster.ts'
import type { KubeJson } from './json.ts'
import { selectorTest } from './dynamic-admission-selector.ts'
import { listAt, textAt, valueAt } from './json.ts'

/** What a PodDisruptionBudget comes to at this moment. */
export interface Budget {
  name: string
  healthy: number
  desired: number
  /** How many of its pods may be disrupted. */
  allowed: number
}

/** `2` or `"30%"`, of a number of pods, rounded up. */
function share(value: unknown, of: number): number {
  if (typeof value === 'number') return value
  const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined
  return percent === undefined ? 0 : Math.ceil((Number(percent) * of) / 100)
}

function desiredHealthy(budget: KubeJson, expected: number): number {
  const unavailable = valueAt(budget, 'spec', 'maxUnavailable')
  if (unavailable !== undefined) return Math.max(0, expected - share(unavailable, expected))
  return share(valueAt(budget, 'spec', 'minAvailable') ?? 1, expected)
}

/** Whether a pod's Ready condition holds. */
export const isReady = (pod: KubeJson) =>
  listAt(pod, 'status', 'conditions').some(
    (one) => textAt(one, 'type') === 'Ready' && textAt(one, 'status') === 'True',
  )

const isHealthy = (pod: KubeJson) => isReady(pod) && !pod.metadata.deletionTimestamp

/** The budgets that select a pod, counted anew: no controller keeps their status. */
export function disruptionBudgetsOf(cluster: Cluster, pod: KubeJson): Budget[] {
  const budgets = cluster.registry.find('policy', 'v1', 'poddisruptionbudgets')
  const pods = cluster.registry.find('', 'v1', 'pods')
  if (!budgets || !pods) return []
  const namespace = pod.metadata.namespace ?? ''
  return cluster.store.list(budgets, namespace).flatMap(({ object }) => {
    const selector = valueAt(object, 'spec', 'selector')
    if (selector === undefined || selector === null) return []
    const selects = selectorTest(selector) ?? (() => true)
    if (!selects(pod.metadata.labels ?? {})) return []
    const selected = cluster.store
      .list(pods, namespace)
      .filter((one) => selects(one.object.metadata.labels ?? {}))
    const healthy = selected.filter((one) => isHealthy(one.object)).length
    const desired = desiredHealthy(object, selected.length)
    return [{ name: object.metadata.name ?? '', healthy, desired, allowed: Math.max(0, healthy - desired) }]
  })
}
