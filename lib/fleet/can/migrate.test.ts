import { expect, it } from 'vitest'
import { aNode } from '../arrange.fixture.ts'
import type { Vm, VmNode, VmSet } from '../vm.ts'
import { can } from './can.ts'
import type { SetSubject } from './subjects.ts'
import { aWeb, notesOf, reasonOf, theMain, warningsOf } from './subjects.fixture.ts'

const B = 'node-b1'
const from = (main: Partial<Vm>, set: Partial<VmSet> = {}) => aWeb(set, [theMain(main)])
const to = (node: Partial<VmNode>, set: Partial<VmSet> = {}) =>
  aWeb(set, undefined, [aNode('node-a1'), aNode(B, node)])
const AGO = '2026-11-23T11:00:00.000Z'

it.each<[string, SetSubject, string]>([
  ['to another node', aWeb(), B],
  ['from a VM that does not answer', from({ phase: 'unreachable' }), B],
  [
    'elsewhere than it is moving to',
    from({ phase: 'migrating' }, { phase: 'Migrating', nodeName: 'node-c1' }),
    B,
  ],
  ['back, while it is moving', from({ phase: 'migrating' }, { phase: 'Migrating', nodeName: B }), 'node-a1'],
  ['to a node of its class', to({ snapshotCpuClass: 'zen4' }, { snapshotClass: 'zen4' }), B],
  ['anywhere, off its pin', aWeb({ nodeName: 'node-a1' }), ''],
  ['anywhere, off its pin, while suspended', aWeb({ nodeName: 'node-a1', suspend: true }), ''],
])('may be moved %s', (_, subject, node) => {
  expect(reasonOf(can.migrate(subject, { node }))).toBe('')
})

it.each<[string, SetSubject, string, string]>([
  ['when it goes', aWeb({ deletedAt: AGO }), B, 'Set web is being deleted'],
  [
    'while suspended (contract 4.6)',
    aWeb({ suspend: true }),
    B,
    'Set web is suspended: resume it, then move it.',
  ],
  ['to a node that is not there', aWeb(), 'node-x', 'There is no node node-x for VMs: choose another one.'],
  ['where nodes cannot be read', aWeb({}, undefined, []), B, 'There is no node node-b1'],
  ['to a node that is down', to({ ready: false, message: 'gone' }), B, 'Node node-b1 is not ready (gone)'],
  ['to a closed node', to({ schedulable: false }), B, 'Node node-b1 is closed for new pods'],
  [
    'out of its pool',
    to({ pool: 'gpu' }),
    B,
    'Node node-b1 is of pool gpu, and set web runs in pool default',
  ],
  ['out of the default pool', to({ pool: 'gpu' }, { nodePool: '' }), B, 'runs in pool default'],
  ['out of its class (contract 1.2)', to({}, { snapshotClass: 'zen4' }), B, 'not of the snapshot class zen4'],
  ['to where it is', aWeb(), 'node-a1', 'web-0 runs on node node-a1 already.'],
  [
    'to where it goes',
    from({ phase: 'migrating' }, { nodeName: B }),
    B,
    'web-0 is on its way to node node-b1 already.',
  ],
  [
    'to where it is about to go',
    from({}, { nodeName: B }),
    B,
    'web-0 is on its way to node node-b1 already.',
  ],
  ['without a main agent', aWeb({}, []), B, 'Set web has no main agent to move yet'],
  ['when its main failed', from({ phase: 'failed' }), B, 'The main agent web-0 of set web has failed'],
  ['when its main sleeps', from({ phase: 'hibernated' }), B, 'web-0 is hibernated: wake it, then move it.'],
  [
    'when its main falls asleep',
    from({ phase: 'hibernating' }),
    B,
    'web-0 is hibernating: wake it, then move it.',
  ],
  ['when its main wakes', from({ phase: 'waking' }), B, 'web-0 is waking: move it when it is ready.'],
  ['when its main is not there yet', from({ phase: 'creating' }), B, 'web-0 is not ready yet'],
  ['when its main has no node', from({ phase: 'scheduling', node: '' }), B, 'web-0 is not ready yet'],
  ['when nothing is known of it', from({ phase: 'unknown' }), B, 'What web-0 is doing is not known'],
  ['when its main goes', from({ phase: 'deleting' }), B, 'web-0 is being deleted'],
  ['macOS (contract 6.3)', from({ os: 'macos' }), B, 'macOS guests cannot be hibernated'],
  [
    'off a node that is down',
    aWeb({}, undefined, [aNode('node-a1', { ready: false }), aNode(B)]),
    B,
    'Node node-a1 is not ready, so web-0 cannot be moved: bring the node back first.',
  ],
  ['off a pin that it does not have', aWeb(), '', 'Set web is pinned to no node.'],
])('must not be moved %s', (_, subject, node, reason) => {
  expect(reasonOf(can.migrate(subject, { node }))).toContain(reason)
})

it.each<[string, SetSubject, string, string]>([
  ['that it sleeps meanwhile (contract 4.6)', aWeb(), B, 'is hibernated, and goes on at node node-b1'],
  [
    'that only the main moves (contract 7)',
    aWeb(),
    B,
    'its sub-agents stay, and later forks run on node node-b1',
  ],
  [
    'the same of one without sub-agents',
    aWeb({ replicas: 0 }),
    B,
    'Only the main agent moves: later forks run',
  ],
  [
    'that it is moving already',
    from({ phase: 'migrating' }, { nodeName: 'node-c1' }),
    B,
    'the move now ends on node node-b1',
  ],
  ['that it stays', aWeb({ nodeName: 'node-a1' }), '', 'stays where it is'],
  ['that the move finishes', aWeb({ nodeName: B, phase: 'Migrating' }), '', 'finishes, on any node'],
])('says %s', (_, subject, node, note) => {
  expect(notesOf(can.migrate(subject, { node }))).toContain(note)
})

it('warns of another CPU class (contract 1.2)', () => {
  expect(warningsOf(can.migrate(to({ snapshotCpuClass: 'zen4' }), { node: B }))).toBe(
    'Nodes node-a1 and node-b1 are of different snapshot CPU classes (none and zen4), so the VM may not wake there.',
  )
})
