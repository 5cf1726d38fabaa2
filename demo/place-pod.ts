import { TOLERATION_KEY } from '../lib/cocoon/keys.ts'
import type { Node, NodeSelectorTerm, Pod } from '../lib/cocoon/kube-json.ts'
import { quantityValue } from '../lib/cocoon/quantity.ts'

/** Amounts by resource name, in base units; `pods` counts pods. */
export type Amounts = Record<string, number>

export interface Placement {
  /** '' when no node takes the pod. */
  node: string
  /** Why not, in kube-scheduler's words; '' when there is a node. */
  message: string
}

/** What a pod asks of its node. */
export function requestsOf(pod: Pod): Amounts {
  const amounts: Amounts = { pods: 1 }
  for (const container of pod.spec?.containers ?? []) {
    for (const [name, text] of Object.entries(container.resources?.requests ?? {})) {
      amounts[name] = (amounts[name] ?? 0) + (quantityValue(String(text)) ?? 0)
    }
  }
  return amounts
}

/** Sums of requests by node; a hibernated pod still counts, as it does for the scheduler (contract 4.4). */
export function usageByNode(pods: Iterable<Pod>): Map<string, Amounts> {
  const usage = new Map<string, Amounts>()
  for (const pod of pods) {
    const node = pod.spec?.nodeName ?? ''
    if (node === '' || pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded') continue
    const used = usage.get(node) ?? {}
    for (const [name, amount] of Object.entries(requestsOf(pod))) used[name] = (used[name] ?? 0) + amount
    usage.set(node, used)
  }
  return usage
}

const NO_MATCH = "node(s) didn't match Pod's node affinity/selector"

function matches(term: NodeSelectorTerm, labels: Record<string, string>): boolean {
  return (term.matchExpressions ?? []).every(
    ({ key, operator, values }) => operator === 'In' && (values ?? []).includes(labels[key] ?? ''),
  )
}

/** Why a node cannot take the pod; none means that it can. */
function obstacles(pod: Pod, node: Node, used: Amounts): string[] {
  if (node.spec?.unschedulable) return ['node(s) were unschedulable']
  const taints = node.spec?.taints ?? []
  const tolerates = (key: string) => pod.spec?.tolerations?.some((each) => each.key === key) ?? false
  const untolerated = taints.find((taint) => taint.effect === 'NoSchedule' && !tolerates(taint.key ?? ''))
  if (untolerated) return [`node(s) had untolerated taint(s)`]
  const labels = node.metadata?.labels ?? {}
  const selected = Object.entries(pod.spec?.nodeSelector ?? {}).every(([key, value]) => labels[key] === value)
  const required = pod.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  const wanted = required?.nodeSelectorTerms.some((term) => matches(term, labels)) ?? true
  if (!selected || !wanted) return [NO_MATCH]
  return Object.entries(requestsOf(pod)).flatMap(([name, amount]) => {
    const room = quantityValue(node.status?.allocatable?.[name] ?? '0') ?? 0
    if ((used[name] ?? 0) + amount <= room) return []
    return [name === 'pods' ? 'Too many pods' : `Insufficient ${name}`]
  })
}

function preference(pod: Pod, node: Node): number {
  const preferred = pod.spec?.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []
  const labels = node.metadata?.labels ?? {}
  return preferred.reduce((sum, term) => sum + (matches(term.preference, labels) ? term.weight : 0), 0)
}

/**
 * Chooses a node by taints, pool, hostname affinity and room: the preferred one, else the one with the fewest pods.
 * Without one it says why, counted by reason as kube-scheduler does.
 */
export function placePod(pod: Pod, nodes: Iterable<Node>, usage: Map<string, Amounts>): Placement {
  const reasons = new Map<string, number>()
  const fitting: { name: string; weight: number; pods: number }[] = []
  let count = 0
  for (const node of nodes) {
    count++
    const name = node.metadata?.name ?? ''
    const used = usage.get(name) ?? {}
    const against = obstacles(pod, node, used)
    if (against.length === 0) fitting.push({ name, weight: preference(pod, node), pods: used['pods'] ?? 0 })
    for (const reason of against) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  }
  const [best] = fitting.sort((a, b) => b.weight - a.weight || a.pods - b.pods || (a.name < b.name ? -1 : 1))
  if (best) return { node: best.name, message: '' }
  if (count === 0) return { node: '', message: 'no nodes available to schedule pods' }
  const told = [...reasons].map(([reason, times]) => `${times} ${reason}`).sort()
  const text = `0/${count} nodes are available: ${told.join(', ')}.`
  const hopeless = `preemption: 0/${count} nodes are available: ${count} Preemption is not helpful for scheduling.`
  return { node: '', message: `${text} ${hopeless}` }
}

/** A pod that VM nodes are for: it carries the provider's toleration. */
export const isVMPod = (pod: Pod) =>
  pod.spec?.tolerations?.some((each) => each.key === TOLERATION_KEY) ?? false
