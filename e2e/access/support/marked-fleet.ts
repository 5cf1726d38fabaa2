import { randomUUID } from 'node:crypto'
import { ANNOTATION_POST_CLONE_HINT } from '../../../lib/cocoon/component-keys.ts'
import type { KubeObject } from '../../../lib/cocoon/kube-json.ts'
import { REPORTER, TRAIL_KEYS } from '../../../lib/fleet/trail/event.ts'
import type { Mark } from './marks.ts'

const AT = '2026-01-01T10:00:00Z'
const COCOON = 'cocoonset.cocoonstack.io'

/** What is where in a namespace of the marked fleet. */
export interface MarkedNamespace {
  name: string
  set: string
  /** Its main agent, a sub-agent, and a VM of no set. */
  pods: readonly [string, string, string]
}

export interface MarkedFleet {
  namespaces: readonly MarkedNamespace[]
  objects: readonly KubeObject[]
}

function podObject(
  { namespace, name, set, role }: { namespace: string; name: string; set: KubeObject | null; role: string },
  node: string,
  mark: () => Mark,
): KubeObject {
  const setName = set?.metadata?.name ?? ''
  const owner = {
    apiVersion: `${COCOON}/v1`,
    kind: 'CocoonSet',
    name: setName,
    uid: set?.metadata?.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      namespace,
      name,
      uid: randomUUID(),
      creationTimestamp: AT,
      labels: {
        'cocoonstack.io/note': mark(),
        ...(set === null ? {} : { [`${COCOON}/name`]: setName, [`${COCOON}/role`]: role }),
      },
      annotations: {
        [`${COCOON}/generation`]: '1',
        [`${COCOON}/image`]: `${mark()}/ubuntu:24.04`,
        [`${COCOON}/managed`]: 'true',
        [`${COCOON}/mode`]: mark(),
        [`${COCOON}/os`]: mark(),
        [`${COCOON}/network`]: mark(),
        [`${COCOON}/snapshot-policy`]: mark(),
        'vm.cocoonstack.io/name': `vk-${namespace}-${mark()}`,
        'vm.cocoonstack.io/id': mark(),
        'vm.cocoonstack.io/backend': mark(),
        'vm.cocoonstack.io/fork-from': mark(),
        'vm.cocoonstack.io/ip': '10.77.0.9',
        'vm.cocoonstack.io/lifecycle-state': 'failed',
        'vm.cocoonstack.io/lifecycle-state-message': `it failed: ${mark()}`,
        'vm.cocoonstack.io/lifecycle-observed-generation': '1',
        [ANNOTATION_POST_CLONE_HINT]: Buffer.from(`run ${mark()}`).toString('base64'),
        'example.com/note': mark(),
      },
      ...(set === null ? {} : { ownerReferences: [owner] }),
    },
    spec: {
      nodeName: node,
      tolerations: [{ key: 'virtual-kubelet.io/provider', operator: 'Exists' }, { operator: 'Exists' }],
      nodeSelector: { 'cocoonstack.io/pool': mark() },
      containers: [{ name: 'agent', image: `${mark()}/agent:1` }],
    },
    status: {
      phase: 'Running',
      message: mark(),
      podIP: '10.77.0.9',
      conditions: [
        { type: 'PodScheduled', status: 'True', lastTransitionTime: AT },
        { type: 'Ready', status: 'False', lastTransitionTime: AT, reason: mark(), message: mark() },
      ],
    },
  } as KubeObject
}

function setObject(namespace: string, name: string, mark: () => Mark): KubeObject {
  return {
    apiVersion: `${COCOON}/v1`,
    kind: 'CocoonSet',
    metadata: {
      namespace,
      name,
      uid: randomUUID(),
      generation: 1,
      creationTimestamp: AT,
      labels: { 'cocoonstack.io/note': mark() },
      annotations: { 'example.com/note': mark() },
    },
    spec: { nodePool: mark(), suspend: false, agent: { replicas: 1, image: `${mark()}/ubuntu:24.04` } },
    status: {
      // Shows through the row of its main agent, where it may.
      phase: 'Migrating',
      observedGeneration: 1,
      conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: AT, reason: 'X', message: mark() }],
    },
  } as KubeObject
}

function hibernationObject(namespace: string, pod: string, mark: () => Mark): KubeObject {
  return {
    apiVersion: `${COCOON}/v1`,
    kind: 'CocoonHibernation',
    metadata: {
      namespace,
      // On older clusters a request may have any name, which then only who may list it knows.
      name: mark(),
      uid: randomUUID(),
      generation: 1,
      creationTimestamp: AT,
      labels: { 'cocoonstack.io/note': mark() },
    },
    spec: { podRef: { name: pod }, desire: 'Wake' },
    status: {
      phase: 'Failed',
      observedGeneration: 1,
      conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: AT, reason: 'X', message: mark() }],
    },
  } as KubeObject
}

function eventObject(about: KubeObject, mark: () => Mark): KubeObject {
  const { namespace = '', name = '', uid = '' } = about.metadata ?? {}
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { namespace, name: `${name}.${mark()}`, uid: randomUUID(), creationTimestamp: AT },
    involvedObject: { apiVersion: about.apiVersion, kind: about.kind, namespace, name, uid },
    type: 'Warning',
    reason: mark(),
    message: `it happened: ${mark()}`,
    source: { component: mark() },
    firstTimestamp: AT,
    lastTimestamp: AT,
    count: 1,
  } as KubeObject
}

/** What the dashboard's audit trail leaves on an object. */
function trailObject(about: KubeObject, mark: () => Mark): KubeObject {
  const event = eventObject(about, mark)
  const annotations = {
    [TRAIL_KEYS.who]: mark(),
    [TRAIL_KEYS.action]: 'hibernate',
    [TRAIL_KEYS.result]: 'done',
  }
  return {
    ...event,
    metadata: { ...event.metadata, annotations },
    source: { component: REPORTER },
    reportingComponent: REPORTER,
    reportingInstance: 'one',
    action: 'hibernate',
  } as KubeObject
}

function nodeObject(name: string, mark: () => Mark): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      uid: randomUUID(),
      creationTimestamp: AT,
      labels: { 'node-role.kubernetes.io/cocoon-vm': '', 'cocoonstack.io/pool': mark() },
    },
    spec: {},
    status: {
      allocatable: { cpu: '16', memory: '64Gi', 'ephemeral-storage': '1Ti', pods: '256' },
      capacity: { cpu: '16', memory: '64Gi', 'ephemeral-storage': '1Ti', pods: '256' },
      conditions: [{ type: 'Ready', status: 'True', reason: 'X', lastTransitionTime: AT }],
      nodeInfo: { kubeletVersion: mark() },
    },
  } as KubeObject
}

/** Namespaces that each have a set with two VMs, a VM of no set, a request and events; everywhere are marks. */
export function markedFleet(count: number, mark: () => Mark): MarkedFleet {
  const nodes = Array.from({ length: 3 }, () => mark())
  const objects: KubeObject[] = nodes.map((name) => nodeObject(name, mark))
  const namespaces = Array.from({ length: count }, (_, at): MarkedNamespace => {
    const name = `team-${mark()}`
    const set = mark()
    const pods = [`${set}-0`, `${set}-1`, mark()] as const
    const node = nodes[at % nodes.length] ?? ''
    const owner = setObject(name, set, mark)
    const made = pods.map((pod, slot) =>
      podObject(
        { namespace: name, name: pod, set: slot < 2 ? owner : null, role: slot === 0 ? 'main' : 'sub-agent' },
        node,
        mark,
      ),
    )
    const request = hibernationObject(name, pods[0], mark)
    objects.push({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, uid: randomUUID(), creationTimestamp: AT },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    } as KubeObject)
    objects.push(trailObject(made[0] ?? owner, mark))
    objects.push(owner, ...made, request, ...[owner, ...made].map((about) => eventObject(about, mark)))
    return { name, set, pods }
  })
  return { namespaces, objects }
}
