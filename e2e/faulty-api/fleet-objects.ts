import type { CocoonHibernation, CocoonSet } from '../../lib/cocoon/crd.ts'
import * as keys from '../../lib/cocoon/keys.ts'
import type { Node, Pod } from '../../lib/cocoon/kube-json.ts'

const CREATED = '2026-11-01T08:00:00Z'
/** Characters of two, three and four bytes, so that cuts fall inside some of them. */
const NOTE = 'Größe 北京 🐚'

export const namespaceOf = (set: number) => `team-${set % 7}`
export const setName = (set: number) => `agents-${set}`
export const podName = (set: number, slot: number) => `${setName(set)}-${slot}`

/** An agent's pod, about 2 kB. `turn` marks the version in fields that the dashboard shows. */
export function agentPod(set: number, slot: number, turn = 0): Pod {
  const name = podName(set, slot)
  const namespace = namespaceOf(set)
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      creationTimestamp: CREATED,
      labels: {
        [keys.LABEL_COCOON_SET]: setName(set),
        [keys.LABEL_ROLE]: slot === 0 ? keys.ROLE_MAIN : keys.ROLE_SUB_AGENT,
        [keys.LABEL_SLOT]: String(slot),
      },
      annotations: {
        [keys.ANNOTATION_VM_NAME]: `vk-${namespace}-${setName(set)}-${slot}`,
        [keys.ANNOTATION_VM_ID]: `vm-${set}-${slot}-${turn}`,
        [keys.ANNOTATION_IP]: `10.${set % 200}.${slot % 200}.${turn % 250}`,
        [keys.ANNOTATION_IMAGE]: `registry.example/agents/${setName(set)}:v${turn}`,
        [keys.ANNOTATION_MODE]: 'clone',
        [keys.ANNOTATION_OS]: 'linux',
        [keys.ANNOTATION_MANAGED]: 'true',
        [keys.ANNOTATION_LIFECYCLE_STATE]: 'ready',
        [keys.ANNOTATION_COCOON_SET_GENERATION]: String(turn + 1),
        [keys.ANNOTATION_LIFECYCLE_OBSERVED_GENERATION]: String(turn + 1),
        'example.com/note': `${NOTE} ${'·'.repeat(40)}`,
      },
      ownerReferences: [
        { apiVersion: keys.API_VERSION, kind: keys.KIND_COCOON_SET, name: setName(set), controller: true },
      ],
    },
    spec: {
      nodeName: `node-${set % 5}`,
      tolerations: [{ key: keys.TOLERATION_KEY, operator: 'Exists' }],
      containers: [{ name: 'agent', image: 'registry.example/agent:v1' }],
    },
    status: {
      phase: 'Running',
      podIP: `10.${set % 200}.${slot % 200}.${turn % 250}`,
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: CREATED }],
      containerStatuses: [{ name: 'agent', ready: true, state: { running: { startedAt: CREATED } } }],
    },
  }
}

export function cocoonSet(set: number, replicas: number, turn = 0): CocoonSet {
  return {
    apiVersion: keys.API_VERSION,
    kind: keys.KIND_COCOON_SET,
    metadata: {
      name: setName(set),
      namespace: namespaceOf(set),
      creationTimestamp: CREATED,
      generation: turn + 1,
    },
    spec: {
      suspend: turn % 2 === 1,
      agent: { replicas, image: `registry.example/agent:v${turn}`, mode: 'clone' },
    },
    status: {
      observedGeneration: turn + 1,
      phase: turn % 2 === 1 ? 'Suspended' : 'Running',
      readyAgents: replicas + 1,
      desiredAgents: replicas + 1,
    },
  }
}

export function hibernation(set: number, slot: number, turn = 0): CocoonHibernation {
  return {
    apiVersion: keys.API_VERSION,
    kind: keys.KIND_COCOON_HIBERNATION,
    metadata: { name: podName(set, slot), namespace: namespaceOf(set), creationTimestamp: CREATED },
    spec: { podRef: { name: podName(set, slot) }, desire: turn % 2 === 0 ? 'Hibernate' : 'Wake' },
    status: { phase: turn % 2 === 0 ? 'Hibernated' : 'Active', observedGeneration: 1 },
  }
}

export function vmNode(index: number, turn = 0): Node {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: `node-${index}`,
      creationTimestamp: CREATED,
      labels: { [keys.LABEL_NODE_POOL]: 'default' },
    },
    spec: { taints: [{ key: keys.TOLERATION_KEY, value: 'cocoon', effect: 'NoSchedule' }] },
    status: {
      allocatable: { cpu: String(16 + (turn % 16)), memory: '64Gi', pods: '110' },
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: CREATED }],
      addresses: [{ type: 'InternalIP', address: `192.168.0.${index + 1}` }],
      nodeInfo: { kubeletVersion: 'v1.35.0' },
    },
  }
}
