import type { SetSubject } from '../../fleet/can/subjects.ts'
import { projectNode } from '../../fleet/project-node.ts'
import { projectSet } from '../../fleet/project-set.ts'
import { itemsOf } from '../../fleet/reader.ts'
import type { VmNode } from '../../fleet/vm.ts'
import type { Acting, KubeJson, Target } from './deed.ts'
import { liveRow, mainPodName, readHibernation, readNode, whereAllowed } from './look-at-vm.ts'
import { readLive, readPath, readTarget } from './read-live.ts'

export interface LiveSet {
  subject: SetSubject
  set: KubeJson
  /** The pod of its main agent; null when there is none. */
  pod: KubeJson | null
  /** The CocoonHibernation of its main agent; null when nobody has asked that one for sleep. */
  hibernation: KubeJson | null
}

/** Which nodes a rule looks at: all where one has to be chosen, else those that the set's VMs are on. */
export type NodesWanted = 'all' | 'of its main agent'

async function readNodes(acting: Acting): Promise<VmNode[]> {
  const list = await whereAllowed(readPath(acting, '/api/v1/nodes', 'The list of nodes'))
  return itemsOf(list?.items).flatMap((node) => projectNode(node) ?? [])
}

/**
 * Reads a set, its main agent, and nodes. Which other VMs it has the dashboard's watch tells, of those in sight: rules only name them.
 * @throws Refused when the set is gone, replaced, or cannot be read
 */
export async function lookAtSet(acting: Acting, target: Target, wanted: NodesWanted): Promise<LiveSet> {
  const set = await readTarget(acting, target)
  const { namespace, name } = target
  const mainPod = mainPodName(name)
  const [pod, hibernation] = await Promise.all([
    readLive(acting, { resource: 'pods', namespace, name: mainPod }),
    readHibernation(acting, namespace, mainPod),
  ])
  const shown = acting.view.vmsOfSet(namespace, name).filter((vm) => vm.role !== 'main')
  const row = pod === null ? null : liveRow(acting, pod, set, hibernation)
  const main = row?.set === name ? row : null
  const node = wanted === 'all' || main === null ? null : await readNode(acting, main.node)
  const nodes = wanted === 'all' ? await readNodes(acting) : node === null ? [] : [node]
  const vms = main === null ? shown : [main, ...shown]
  return { subject: { set: projectSet(set), vms, nodes }, set, pod, hibernation }
}
