import type { Pod } from '../../../lib/cocoon/kube-json.ts'
import type { Cache } from '../../client/cache.ts'
import type { NodePlan } from '../../fleet/node-objects.ts'
import type { Kubelet } from '../kubelet.ts'
import type { Nodes } from './target.ts'

/** What the agents of a process know, by the name of their node. Agents may come later than this. */
export function nodesOf(
  pods: Pick<Cache<Pod>, 'get' | 'all'>,
  plans: readonly NodePlan[],
  agents: ReadonlyMap<string, Pick<Kubelet, 'machineOf'>>,
): Nodes {
  const generations = new Map(plans.map((plan) => [plan.name, plan.generation]))
  const generationOf = (pod: Pod) => generations.get(pod.spec?.nodeName ?? '')
  return {
    find(namespace, name) {
      const pod = pods.get({ namespace, name })
      const generation = pod && generationOf(pod)
      if (!generation) return undefined
      const machine = agents.get(pod.spec?.nodeName ?? '')?.machineOf(`${namespace}/${name}`)
      return { pod, machine, generation }
    },
    pods: () => [...pods.all()].filter((pod) => generationOf(pod) !== undefined),
  }
}
