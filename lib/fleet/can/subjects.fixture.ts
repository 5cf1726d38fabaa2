import { aNode, anAgent, aSet, aVm } from '../arrange.fixture.ts'
import type { Vm, VmHibernation, VmNode, VmSet } from '../vm.ts'
import type { SetSubject, VmSubject } from './subjects.ts'
import type { Verdict } from './verdict.ts'

/** The VM of the tests runs there. */
const NODE = 'node-a1'

/** A request for a pod of that name. */
export const aRequest = (
  pod: string,
  desire: string,
  phase: string,
  over: Partial<VmHibernation> = {},
): VmHibernation => ({
  uid: `request:${pod}`,
  name: pod,
  desire,
  phase,
  since: null,
  message: '',
  deletedAt: null,
  ...over,
})

/** The main agent `web-0` of set `web`, ready on a node that is ready. */
export const theMain = (over: Partial<Vm> = {}): Vm => anAgent('web', 0, { vmID: 'id-0', ...over })

/** Sub-agent `web-2`, likewise. */
export const aFork = (over: Partial<Vm> = {}): Vm => anAgent('web', 2, { vmID: 'id-2', ...over })

/** A VM pod of no set. */
export const aBareVm = (over: Partial<Vm> = {}): Vm =>
  aVm({ name: 'lone', vmID: 'id-lone', generation: 0, ...over })

/** A VM with what stands around it: by default all is well. */
export function around(vm: Vm, set: Partial<VmSet> = {}, node: Partial<VmNode> = {}): VmSubject {
  const owner = vm.set === null ? null : aSet(vm.set, { replicas: 3, ...set })
  const main = vm.role === 'main' ? vm : theMain()
  return { vm, set: owner, main: owner === null ? null : main, node: aNode(NODE, node) }
}

/** Set `web` with three sub-agents unless told otherwise, its VMs, and two nodes that are ready. */
export function aWeb(set: Partial<VmSet> = {}, vms?: readonly Vm[], nodes?: readonly VmNode[]): SetSubject {
  return {
    set: aSet('web', { replicas: 3, ...set }),
    vms: vms ?? [0, 1, 2, 3].map((slot) => anAgent('web', slot, { vmID: `id-${slot}` })),
    nodes: nodes ?? [aNode(NODE), aNode('node-b1')],
  }
}

/** Why not; '' for what may be done. */
export const reasonOf = (verdict: Verdict): string => (verdict.ok ? '' : verdict.reason)
export const warningsOf = (verdict: Verdict): string =>
  verdict.ok ? verdict.warnings.join('\n') : verdict.reason
export const notesOf = (verdict: Verdict): string => (verdict.ok ? verdict.notes.join('\n') : verdict.reason)
