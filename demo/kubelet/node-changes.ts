import type { Condition, Node } from '../../lib/cocoon/kube-json.ts'
import { quantityString } from '../../lib/cocoon/quantity.ts'
import { kubeTime } from '../kube-time.ts'

/** How often a node writes its status when nothing about it changes, in milliseconds. */
const HEARTBEAT = 60_000

/** What a node agent has to write so that its Node says what it should; absent parts are in order. */
export interface NodeChanges {
  /** Merge patch of labels and taints. */
  node?: { metadata?: object; spec?: object }
  /** Strategic merge patch of the status. */
  status?: Partial<NonNullable<Node['status']>>
  /** It was not Ready, and now is. */
  becameReady: boolean
}

/** Whether the stored value says all that is wanted: a server may add fields, and leaves empty ones out. */
function covers(stored: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(stored) &&
      stored.length === wanted.length &&
      wanted.every((item, i) => covers(stored[i], item))
    )
  }
  if (typeof wanted !== 'object' || wanted === null) return wanted === (stored ?? '')
  const fields = new Map(typeof stored === 'object' && stored !== null ? Object.entries(stored) : [])
  return Object.entries(wanted).every(([key, value]) => covers(fields.get(key), value))
}

/** Servers rewrite quantities in their canonical form (contract 2.4). */
function canonical(amounts: Record<string, string> | undefined) {
  const entries = Object.entries(amounts ?? {})
  return Object.fromEntries(entries.map(([name, amount]) => [name, quantityString(amount)]))
}

function factsOf(node: Node) {
  const { conditions: _, ...status } = node.status ?? {}
  return { ...status, capacity: canonical(status.capacity), allocatable: canonical(status.allocatable) }
}

const conditionOf = (node: Node, type: string | undefined): Condition | undefined =>
  node.status?.conditions?.find((condition) => condition.type === type)

/** The conditions with a fresh heartbeat; a transition time only moves with the status. */
function beating(found: Node, wanted: Node, now: number): Condition[] {
  const at = kubeTime(now)
  const conditions = structuredClone(wanted.status?.conditions ?? [])
  for (const condition of conditions) {
    const before = conditionOf(found, condition.type)
    const kept = before?.status === condition.status ? before?.lastTransitionTime : undefined
    condition.lastHeartbeatTime = at
    condition.lastTransitionTime = kept ?? at
  }
  return conditions
}

function metadataChanges(found: Node, wanted: Node): NodeChanges['node'] {
  const labels = Object.entries(wanted.metadata?.labels ?? {}).filter(
    ([key, value]) => found.metadata?.labels?.[key] !== value,
  )
  const taints = found.spec?.taints ?? []
  // Only where no taint has that key yet (contract 1.2): somebody may have chosen another effect.
  const missing = (wanted.spec?.taints ?? []).filter(
    (taint) => !taints.some((each) => each.key === taint.key),
  )
  if (labels.length === 0 && missing.length === 0) return undefined
  return {
    ...(labels.length > 0 ? { metadata: { labels: Object.fromEntries(labels) } } : {}),
    ...(missing.length > 0 ? { spec: { taints: [...taints, ...missing] } } : {}),
  }
}

/** Compares a stored Node with the one that its agent would register (contract 1.2, 6.6). */
export function nodeChanges(found: Node, wanted: Node, now: number): NodeChanges {
  const facts = factsOf(wanted)
  const stored = new Map(Object.entries(factsOf(found)))
  const changed = Object.fromEntries(
    Object.entries(facts).filter(([field, value]) => !covers(stored.get(field), value)),
  )
  const asWanted = (wanted.status?.conditions ?? []).every(
    (condition) => conditionOf(found, condition.type)?.status === condition.status,
  )
  const last = Date.parse(conditionOf(found, 'Ready')?.lastHeartbeatTime ?? '')
  const isDue = !(now - last < HEARTBEAT)
  const node = metadataChanges(found, wanted)
  const writes = isDue || !asWanted || Object.keys(changed).length > 0
  return {
    ...(node ? { node } : {}),
    ...(writes ? { status: { ...changed, conditions: beating(found, wanted, now) } } : {}),
    becameReady: conditionOf(found, 'Ready')?.status !== 'True',
  }
}
