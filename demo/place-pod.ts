import { TOLERATION_KEY } from '../lib/cocoon/keys.ts'
import type { Node, NodeSelectorTerm, Pod, Toleration } from '../lib/cocoon/kube-json.ts'
import { quantityValue } from '../lib/cocoon/quantity.ts'

type Taint = NonNullable<NonNullable<Node['spec']>['taints']>[number]

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

/** Others of less priority would have to go; there are none. */
const NO_VICTIMS = 'No preemption victims found for incoming pod'
const NOT_HELPFUL = 'Preemption is not helpful for scheduling'
/** What `kubectl cordon` means, as a taint. */
const UNSCHEDULABLE: Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }
const NO_MATCH = "node(s) didn't match Pod's node affinity/selector"

const MATCHERS: Record<string, (label: string | undefined, values: readonly string[]) => boolean> = {
  In: (label, values) => label !== undefined && values.includes(label),
  NotIn: (label, values) => label === undefined || !values.includes(label),
  Exists: (label) => label !== undefined,
  DoesNotExist: (label) => label === undefined,
  Gt: (label, [bound]) => Number(label) > Number(bound),
  Lt: (label, [bound]) => Number(label) < Number(bound),
}

function matches(term: NodeSelectorTerm, labels: Record<string, string>): boolean {
  return (term.matchExpressions ?? []).every(
    ({ key, operator, values }) => MATCHERS[operator]?.(labels[key], values ?? []) ?? false,
  )
}

/** A toleration without a key tolerates every taint, one without an effect every effect (as kube-scheduler). */
function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false
  if (toleration.operator === 'Exists') return !toleration.key || toleration.key === taint.key
  return toleration.key === taint.key && (toleration.value ?? '') === (taint.value ?? '')
}

/** Effects that keep a new pod away. */
const REPELLING = new Set(['NoSchedule', 'NoExecute'])

/** Why a node cannot take the pod, and whether it could if others went; no reasons mean that it can. */
interface Obstacles {
  reasons: string[]
  resolvable: boolean
}

const never = (reason: string): Obstacles => ({ reasons: [reason], resolvable: false })

function obstacles(pod: Pod, node: Node, used: Amounts): Obstacles {
  const tolerations = pod.spec?.tolerations ?? []
  const repels = (taint: Taint) =>
    REPELLING.has(taint.effect ?? '') && !tolerations.some((each) => tolerates(each, taint))
  if (node.spec?.unschedulable && repels(UNSCHEDULABLE)) return never('node(s) were unschedulable')
  if (node.spec?.taints?.some(repels)) return never('node(s) had untolerated taint(s)')
  const labels = node.metadata?.labels ?? {}
  const selected = Object.entries(pod.spec?.nodeSelector ?? {}).every(([key, value]) => labels[key] === value)
  const required = pod.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  const wanted = required?.nodeSelectorTerms.some((term) => matches(term, labels)) ?? true
  if (!selected || !wanted) return never(NO_MATCH)
  const short = Object.entries(requestsOf(pod)).flatMap(([name, amount]) => {
    const room = quantityValue(node.status?.allocatable?.[name] ?? '0') ?? 0
    if ((used[name] ?? 0) + amount <= room) return []
    return [{ reason: name === 'pods' ? 'Too many pods' : `Insufficient ${name}`, tooBig: amount > room }]
  })
  return { reasons: short.map(({ reason }) => reason), resolvable: !short.some(({ tooBig }) => tooBig) }
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
  const reasons: string[] = []
  const preemption: string[] = []
  const fitting: { name: string; weight: number; pods: number }[] = []
  let count = 0
  for (const node of nodes) {
    count++
    const name = node.metadata?.name ?? ''
    const used = usage.get(name) ?? {}
    const against = obstacles(pod, node, used)
    if (against.reasons.length === 0) {
      fitting.push({ name, weight: preference(pod, node), pods: used['pods'] ?? 0 })
    }
    reasons.push(...against.reasons)
    preemption.push(against.resolvable ? NO_VICTIMS : NOT_HELPFUL)
  }
  const [best] = fitting.sort((a, b) => b.weight - a.weight || a.pods - b.pods || (a.name < b.name ? -1 : 1))
  if (best) return { node: best.name, message: '' }
  if (count === 0) return { node: '', message: 'no nodes available to schedule pods' }
  const available = `0/${count} nodes are available:`
  return {
    node: '',
    message: `${available} ${histogram(reasons)}. preemption: ${available} ${histogram(preemption)}.`,
  }
}

/** Each text with the number of times that it came, sorted as texts. */
function histogram(texts: readonly string[]): string {
  const counted = [...Map.groupBy(texts, (text) => text)].map(([text, times]) => `${times.length} ${text}`)
  return counted.sort().join(', ')
}

/** A pod that VM nodes are for: it carries the provider's toleration. */
export const isVMPod = (pod: Pod) =>
  pod.spec?.tolerations?.some((each) => each.key === TOLERATION_KEY) ?? false
