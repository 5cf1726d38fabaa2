import { expect, it } from 'vitest'
import { TOLERATION_KEY } from '../lib/cocoon/keys.ts'
import type { Node, Pod } from '../lib/cocoon/kube-json.ts'
import { nodeObject, type NodePlan } from './fleet/node-objects.ts'
import { agentPod, preferHost } from '../lib/fleet/drift/pod-shape.ts'
import { placePod, usageByNode } from './place-pod.ts'
import { webSet } from './testing/objects.ts'

const plan = (name: string, index: number, pool = 'default'): NodePlan => ({
  name,
  index,
  pool,
  generation: 'new',
  room: 16,
  createdAt: 0,
  uid: name,
})
const nodes: Node[] = [plan('a', 0), plan('b', 1), plan('m', 2, 'mac')].map((each) => nodeObject(each, 0))
const pod = (cpu = '1') => agentPod(webSet({ agent: { resources: { limits: { cpu } } } }), 0)
const pinned = (nodeName: string) => agentPod(webSet({ nodeName }), 0)
const pooled = (nodePool: string) => agentPod(webSet({ nodePool }), 0)
const on = (node: string, cpu: string): Pod => ({ ...pod(cpu), spec: { ...pod(cpu).spec, nodeName: node } })
const plain: Pod = { spec: { containers: [{ name: 'main' }] } }
const HOPELESS = 'preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.'

const TAINTED = `0/3 nodes are available: 3 node(s) had untolerated taint(s). ${HOPELESS}`
const asleep = (sleeper: Pod): Pod => ({ ...sleeper, status: { phase: 'Pending' } })
const ended = (gone: Pod): Pod => ({ ...gone, status: { phase: 'Failed' } })
const tolerant = (effect: string, value?: string): Pod => {
  const toleration = value === undefined ? { operator: 'Exists' } : { operator: 'Equal', value }
  return { spec: { ...plain.spec, tolerations: [{ key: TOLERATION_KEY, effect, ...toleration }] } }
}

const cases: [string, Pod, Pod[], string, string][] = [
  ['the node with the fewest pods', pod(), [on('a', '1')], 'b', ''],
  ['the node of its pool', pooled('mac'), [], 'm', ''],
  ['the node that its set names', pinned('b'), [on('b', '1')], 'b', ''],
  ['the node that it prefers', preferHost(pod(), 'b'), [on('b', '1')], 'b', ''],
  ['another than it prefers when that is full', preferHost(pod(), 'b'), [on('b', '64')], 'a', ''],
  [
    'no node of a pool that does not exist',
    pooled('gpu'),
    [],
    '',
    `0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector. ${HOPELESS}`,
  ],
  [
    'no node without room',
    pod('8'),
    [on('a', '60'), on('b', '64')],
    '',
    `0/3 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 2 Insufficient cpu. preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.`,
  ],
  [
    'no node that would be large enough',
    pod('9000'),
    [],
    '',
    `0/3 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 2 Insufficient cpu. ${HOPELESS}`,
  ],
  [
    'no room where VMs only sleep',
    pod('8'),
    [asleep(on('a', '60')), asleep(on('b', '64'))],
    '',
    `0/3 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 2 Insufficient cpu. preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.`,
  ],
  ['room where pods have ended', pod('8'), [ended(on('a', '64')), on('b', '64')], 'a', ''],
  [
    'a node for who tolerates everything',
    { spec: { ...plain.spec, tolerations: [{ operator: 'Exists' }] } },
    [],
    'a',
    '',
  ],
  ['no node for who tolerates another effect', tolerant('NoExecute'), [], '', TAINTED],
  ['a node for who tolerates the taint by its value', tolerant('NoSchedule', 'cocoon'), [], 'a', ''],
  ['no node for who tolerates another value', tolerant('NoSchedule', 'other'), [], '', TAINTED],
  [
    'no node of ours for an ordinary pod',
    plain,
    [],
    '',
    `0/3 nodes are available: 3 node(s) had untolerated taint(s). ${HOPELESS}`,
  ],
]
it.each(cases)('finds %s', (_, wanting, others, node, message) => {
  expect(placePod(wanting, nodes, usageByNode(others))).toEqual({ node, message })
})
