import type { Node, Pod } from '../../lib/cocoon/kube-json.ts'
import { quantityValue } from '../../lib/cocoon/quantity.ts'
import { loadOf, type Load } from '../kubelet/load.ts'

/** What the metrics server knows at one moment (epoch milliseconds). */
export interface Scrape {
  at: number
  pods: { pod: Pod; load: Load }[]
  nodes: { node: Node; load: Load }[]
}

const NANO = 1e9
/** What a node needs for itself, of what it has: its agent, its system, its page cache. */
const BASE_SHARE = { cpu: 0.015, memory: 0.04 }

function baseLoad(node: Node): Load {
  const capacity = (resource: string) => quantityValue(node.status?.capacity?.[resource] ?? '0') ?? 0
  return {
    cpuNanoCores: Math.round(capacity('cpu') * BASE_SHARE.cpu * NANO),
    memoryBytes: Math.round(capacity('memory') * BASE_SHARE.memory),
  }
}

const sum = (a: Load, b: Load): Load => ({
  cpuNanoCores: a.cpuNanoCores + b.cpuNanoCores,
  memoryBytes: a.memoryBytes + b.memoryBytes,
})

/** Usage at a moment: of pods whose VM runs, and of nodes with everything that runs on them. */
export function usageAt(pods: readonly Pod[], nodes: readonly Node[], at: number): Scrape {
  const running = pods.flatMap((pod) => {
    const load = loadOf(pod, at)
    return load ? [{ pod, load }] : []
  })
  const byNode = new Map<string, Load>()
  for (const { pod, load } of running) {
    const node = pod.spec?.nodeName ?? ''
    const before = byNode.get(node)
    byNode.set(node, before ? sum(before, load) : load)
  }
  const loads = nodes.map((node) => {
    const base = baseLoad(node)
    const above = byNode.get(node.metadata?.name ?? '')
    return { node, load: above ? sum(base, above) : base }
  })
  return { at, pods: running, nodes: loads }
}
