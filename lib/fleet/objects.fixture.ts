import { TURNED } from './phase.fixture.ts'

/** Objects as an API server sends them: plain JSON, for the tests of whatever reads them. */
type Json = Record<string, unknown>

const meta = (uid: string, name: string, more: Json = {}): Json => ({
  uid,
  namespace: 'lab',
  name,
  resourceVersion: '100',
  creationTimestamp: '2026-01-01T10:00:00Z',
  ...more,
})

export interface PodSample {
  name: string
  /** No set makes it a bare VM pod. */
  set?: string | null
  uid?: string
  annotations?: Json
  labels?: Json
  metadata?: Json
  spec?: Json
  status?: Json
}

const VM = 'vm.cocoonstack.io/'
const SET = 'cocoonset.cocoonstack.io/'

/** A ready main agent unless told otherwise. */
export function aPod(sample: PodSample): Json {
  const { name, set = 'web' } = sample
  const owned = set === null ? {} : { ownerReferences: [{ kind: 'CocoonSet', name: set, controller: true }] }
  return {
    metadata: meta(sample.uid ?? `uid-${name}`, name, {
      labels: set === null ? {} : { [`${SET}name`]: set, [`${SET}role`]: 'main', ...sample.labels },
      annotations: {
        [`${SET}generation`]: '3',
        [`${SET}image`]: 'ubuntu:24.04',
        [`${SET}managed`]: 'true',
        [`${SET}mode`]: 'clone',
        [`${SET}os`]: 'linux',
        [`${SET}storage`]: '20Gi',
        [`${VM}name`]: `vk-lab-${name}`,
        [`${VM}id`]: `id-${name}`,
        [`${VM}ip`]: '10.8.0.5',
        [`${VM}lifecycle-state`]: 'ready',
        [`${VM}lifecycle-observed-generation`]: '3',
        ...sample.annotations,
      },
      ...owned,
      ...sample.metadata,
    }),
    spec: {
      nodeName: 'vm-node-1',
      tolerations: [{ key: 'virtual-kubelet.io/provider', operator: 'Exists' }],
      nodeSelector: { 'cocoonstack.io/pool': 'gpu' },
      containers: [{ name: 'agent', resources: { requests: { cpu: '2', memory: '4096Mi' } } }],
      ...sample.spec,
    },
    status: {
      phase: 'Running',
      podIP: '10.8.0.5',
      conditions: [
        { type: 'PodScheduled', status: 'True', lastTransitionTime: '2026-01-01T10:00:02Z' },
        { type: 'Ready', status: 'True', lastTransitionTime: TURNED },
      ],
      ...sample.status,
    },
  }
}

export function aCocoonSet(name: string, phase: string, uid = `uid-cs-${name}`): Json {
  return {
    metadata: meta(uid, name, { generation: 3 }),
    spec: { suspend: false, agent: { replicas: 2, image: 'ubuntu:24.04' }, toolboxes: [{ name: 'db' }] },
    status: {
      phase,
      observedGeneration: 3,
      readyAgents: 3,
      desiredAgents: 3,
      conditions: [
        { type: 'Ready', status: 'True', lastTransitionTime: TURNED, message: '3/3 agents ready' },
      ],
    },
  }
}

export interface HibernationSample {
  pod: string
  uid?: string
  name?: string
  desire?: string
  phase?: string
  message?: string
}

export function aHibernation(sample: HibernationSample): Json {
  const { pod, desire = 'Hibernate', phase = 'Hibernated', message = phase } = sample
  return {
    metadata: meta(sample.uid ?? `uid-ch-${pod}`, sample.name ?? pod),
    spec: { podRef: { name: pod }, desire },
    status: { phase, conditions: [{ type: 'Ready', status: 'True', message, lastTransitionTime: TURNED }] },
  }
}

export function aVmNode(name: string, more: Json = {}): Json {
  return {
    metadata: meta(`uid-${name}`, name, { labels: { 'node-role.kubernetes.io/cocoon-vm': '' } }),
    status: {
      allocatable: { cpu: '16', memory: '64Gi', 'ephemeral-storage': '1Ti', pods: '256' },
      conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady' }],
      addresses: [{ type: 'InternalIP', address: '10.0.0.1' }],
      nodeInfo: { kubeletVersion: 'v0.2.9' },
    },
    ...more,
  }
}
