import type { VmSubject } from '../../fleet/can/subjects.ts'
import { joinVm } from '../../fleet/join-vm.ts'
import { projectHibernation } from '../../fleet/project-hibernation.ts'
import { projectNode } from '../../fleet/project-node.ts'
import { projectPod } from '../../fleet/project-pod.ts'
import { projectSet } from '../../fleet/project-set.ts'
import { fieldsOf } from '../../fleet/reader.ts'
import type { Vm, VmNode } from '../../fleet/vm.ts'
import { Refused } from '../problem.ts'
import type { Acting, KubeJson, Target, Witness } from './deed.ts'
import { placeWords, readLive, readPath, readTarget } from './read-live.ts'

/** A VM and what stands around it, read from the API server just now. */
export interface LiveVm {
  subject: VmSubject
  pod: KubeJson
  /** Null for a VM of no set, and where sets may not be read. */
  set: KubeJson | null
  /** Its CocoonHibernation; null when nobody has asked for sleep. */
  hibernation: KubeJson | null
}

/** What the dashboard may not read it does without, as its pages do. */
export async function whereAllowed(reading: Promise<KubeJson | null>): Promise<KubeJson | null> {
  return reading.catch((error: unknown) => {
    if (error instanceof Refused && error.problem.code === 'forbidden') return null
    throw error
  })
}

/** The live row of a node; null for '', for none of that name, and where nodes may not be read. */
export async function readNode(acting: Acting, name: string): Promise<VmNode | null> {
  if (name === '') return null
  const node = await whereAllowed(readPath(acting, `/api/v1/nodes/${name}`, `Node ${name}`))
  return node === null ? null : projectNode(node)
}

/** Named as its pod; on older clusters by any name, which then the watch has told. */
export async function readHibernation(
  acting: Acting,
  namespace: string,
  pod: string,
): Promise<KubeJson | null> {
  const place = { resource: 'cocoonhibernations', namespace, name: pod } as const
  const object = await readLive(acting, place)
  if (object !== null) return fieldsOf(fieldsOf(object.spec).podRef).name === pod ? object : null
  const known = acting.view.vmNamed(namespace, pod)?.hibernation
  return known && known.name !== pod ? readLive(acting, { ...place, name: known.name }) : null
}

/** The live row of a pod; null for a pod that is no Cocoon VM. The watch's own row tells where it comes from. */
export function liveRow(
  { view }: Acting,
  pod: KubeJson,
  set: KubeJson | null,
  hibernation: KubeJson | null,
): Vm | null {
  const row = projectPod(pod)
  if (row === null) return null
  const shown = view.vmNamed(row.namespace, row.name)
  const before = shown?.uid === row.uid ? shown : null
  const request = hibernation === null ? null : projectHibernation(hibernation)
  return joinVm(row, set === null ? null : projectSet(set), request, before, Date.now())
}

async function readMain(acting: Acting, vm: Vm, set: KubeJson | null): Promise<Vm | null> {
  if (vm.set === null) return null
  if (vm.role === 'main') return vm
  const pod = await readLive(acting, { resource: 'pods', namespace: vm.namespace, name: mainPodName(vm.set) })
  return pod === null ? null : liveRow(acting, pod, set, null)
}

/** Slot 0 is the main agent (contract 4.1). */
export const mainPodName = (set: string) => `${set}-0`

/**
 * Reads a VM's pod, set, request, main agent and node.
 * @throws Refused when the pod is gone, replaced, no VM, or cannot be read
 */
export async function lookAtVm(acting: Acting, target: Target): Promise<LiveVm> {
  const pod = await readTarget(acting, target)
  const { namespace, name } = target
  const row = projectPod(pod)
  if (row === null) {
    throw new Refused({
      status: 404,
      code: 'not-found',
      title: `There is no VM ${namespace}/${name}`,
      detail: `${placeWords(target)} is not a Cocoon VM, so the dashboard does not touch it.`,
    })
  }
  const { set: setName, node: nodeName } = row.columns
  const [set, hibernation, node] = await Promise.all([
    setName === null
      ? null
      : whereAllowed(readLive(acting, { resource: 'cocoonsets', namespace, name: setName })),
    readHibernation(acting, namespace, name),
    readNode(acting, nodeName),
  ])
  const vm = liveRow(acting, pod, set, hibernation) ?? row.columns
  const main = await readMain(acting, vm, set)
  const subject = { vm, set: set === null ? null : projectSet(set), main, node }
  return { subject, pod, set, hibernation }
}

interface LiveFamily {
  pod: KubeJson | null
  set: KubeJson | null
  hibernation: KubeJson | null
}

/** Who may have been quicker: whoever asked a VM to sleep or wake, changed its set, or deleted any of them. */
export const familyWitnesses = ({ pod, set, hibernation }: LiveFamily): Witness[] => [
  { object: pod, field: ['metadata', 'deletionTimestamp'] },
  { object: hibernation, field: ['spec', 'desire'] },
  { object: set, field: ['spec'] },
]
