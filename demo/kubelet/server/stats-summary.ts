import type { Pod } from '../../../lib/cocoon/kube-json.ts'
import { VM_CONTAINER_NAME } from '../../../lib/cocoon/component-keys.ts'
import { kubeTime } from '../../kube-time.ts'
import { loadOf } from '../load.ts'

/** What `/stats/summary` says: pods with a running VM only, as the others use nothing (contract 6.6). */
export function statsSummary(pods: readonly Pod[], now: number): Record<string, unknown> {
  const time = kubeTime(now)
  const sum = { cpuNanoCores: 0, memoryBytes: 0 }
  const usage = (load: typeof sum) => ({
    cpu: { time, usageNanoCores: load.cpuNanoCores },
    memory: { time, usageBytes: load.memoryBytes, workingSetBytes: load.memoryBytes },
  })
  const stats = pods.flatMap((pod) => {
    const load = loadOf(pod, now)
    if (!load) return []
    sum.cpuNanoCores += load.cpuNanoCores
    sum.memoryBytes += load.memoryBytes
    const { name, namespace, uid } = pod.metadata ?? {}
    const startTime = pod.status?.startTime
    const container = { name: VM_CONTAINER_NAME, startTime, ...usage(load) }
    return [{ podRef: { name, namespace, uid }, startTime, containers: [container], ...usage(load) }]
  })
  // One server answers for all nodes of the process, so that the node is their sum.
  return { node: { nodeName: '', ...usage(sum) }, pods: stats }
}
