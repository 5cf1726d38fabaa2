import { setKey } from './arrange-derived.ts'
import type { ArrangeInput } from './arrange-types.ts'
import type { Vm, VmNode, VmSet } from './vm.ts'

/** The moment at which the tests look at the fleet. */
export const NOW = Date.UTC(2026, 10, 23, 12)

/** ISO 8601, that many minutes before `NOW`. */
export const ago = (minutes: number): string => new Date(NOW - minutes * 60_000).toISOString()

/** A ready VM without a set; the uid is its path unless given. */
export function aVm(over: Partial<Vm> & { name: string }): Vm {
  const namespace = over.namespace ?? 'research'
  return {
    uid: `${namespace}/${over.name}`,
    namespace,
    set: null,
    role: null,
    slot: null,
    phase: 'ready',
    phaseSince: ago(5),
    message: '',
    vmName: `vk-${namespace}-${over.name}`,
    vmID: '',
    os: 'linux',
    backend: 'cloud-hypervisor',
    mode: 'clone',
    node: 'node-a1',
    pool: 'default',
    ip: '10.8.4.17',
    vncPort: 0,
    connType: 'ssh',
    image: 'ubuntu:24.04',
    forkedFrom: '',
    managed: true,
    hibernateRequested: false,
    hibernation: null,
    deadLetter: false,
    postCloneHint: '',
    cpu: '2',
    memory: '4Gi',
    storage: '',
    snapshotPolicy: 'always',
    network: '',
    generation: 1,
    observedGeneration: 1,
    createdAt: ago(240),
    deletedAt: null,
    problems: [],
    ...over,
  }
}

/** An agent of a set: slot 0 is its main agent, the others are forks of it. */
export function anAgent(set: string, slot: number, over: Partial<Vm> = {}): Vm {
  const namespace = over.namespace ?? 'research'
  return aVm({
    name: `${set}-${slot}`,
    set,
    slot,
    role: slot === 0 ? 'main' : 'sub-agent',
    vmName: `vk-${namespace}-${set}-${slot}`,
    forkedFrom: slot === 0 ? '' : `vk-${namespace}-${set}-0`,
    ...over,
  })
}

export function aToolbox(set: string, name: string, over: Partial<Vm> = {}): Vm {
  return aVm({ name: `${set}-${name}`, set, role: 'toolbox', ...over })
}

export function aSet(name: string, over: Partial<VmSet> = {}): VmSet {
  const namespace = over.namespace ?? 'research'
  return {
    uid: `set:${setKey(namespace, name)}`,
    namespace,
    name,
    phase: 'Running',
    phaseSince: ago(30),
    message: '',
    suspend: false,
    replicas: 0,
    toolboxes: 0,
    readyAgents: 1,
    desiredAgents: 1,
    readyToolboxes: 0,
    desiredToolboxes: 0,
    image: 'ubuntu:24.04',
    mode: 'clone',
    os: 'linux',
    backend: 'cloud-hypervisor',
    nodePool: 'default',
    nodeName: '',
    snapshotPolicy: 'always',
    hibernatePolicy: 'retain',
    snapshotClass: '',
    generation: 1,
    observedGeneration: 1,
    createdAt: ago(300),
    deletedAt: null,
    problems: [],
    ...over,
  }
}

export function aNode(name: string, over: Partial<VmNode> = {}): VmNode {
  return {
    uid: `node:${name}`,
    name,
    pool: 'default',
    ready: true,
    schedulable: true,
    message: '',
    internalIP: '10.0.0.1',
    version: 'v0.3.3',
    snapshotCpuClass: '',
    cpu: 16,
    memory: 2 ** 36,
    storage: 2 ** 40,
    pods: 110,
    createdAt: ago(10_000),
    problems: [],
    ...over,
  }
}

const byUid = <Row extends { uid: string }>(rows: readonly Row[]) =>
  new Map(rows.map((row) => [row.uid, row]))

export function aFleet(
  vms: readonly Vm[],
  sets: readonly VmSet[] = [],
  nodes: readonly VmNode[] = [],
): ArrangeInput {
  return { vms: byUid(vms), sets: byUid(sets), nodes: byUid(nodes) }
}
