import { describe, expect, it } from 'vitest'
import { aNode } from '../arrange.fixture.ts'
import { VM_PHASES, type Vm } from '../vm.ts'
import { can } from './can.ts'
import type { SetSubject, VmSubject } from './subjects.ts'
import { aBareVm, aFork, around, aWeb, notesOf, reasonOf, theMain, warningsOf } from './subjects.fixture.ts'

const AGO = '2026-11-23T11:00:00.000Z'
const onlyMain = (over: Partial<Vm>) => aWeb({}, [theMain(over)])

describe('fork', () => {
  it.each<[string, VmSubject | SetSubject, number]>([
    ['of a set', aWeb(), 1],
    ['of its main agent', around(theMain()), 16],
    ['of a set that has no forks yet', aWeb({ replicas: 0 }, [theMain()]), 1],
    ['on firecracker', onlyMain({ backend: 'firecracker' }), 1],
    ['up to the most', aWeb({ replicas: 2 ** 31 - 2 }), 1],
    ['where nodes cannot be read', aWeb({}, undefined, []), 1],
    ['while another VM of the set is away', aWeb({}, [theMain(), aFork({ phase: 'failed' })]), 1],
  ])('may be done: %s', (_, subject, count) => {
    expect(reasonOf(can.fork(subject, { count }))).toBe('')
  })

  it.each<[string, VmSubject | SetSubject, string]>([
    [
      'a VM of no set',
      around(aBareVm()),
      "lone belongs to no set, and only a set's main agent can be forked into it.",
    ],
    ['a set that cannot be read', { ...around(theMain()), set: null }, 'Set web cannot be read'],
    [
      'a sub-agent (contract 7)',
      around(aFork()),
      'Forks are copies of the main agent, which web-2 is not: fork web-0 instead.',
    ],
    ['a sub-agent without its main', { ...around(aFork()), main: null }, 'fork set web instead.'],
    ['a set that goes', aWeb({ deletedAt: AGO }), 'Set web is being deleted: wait until it is gone.'],
    ['a suspended set (contract 10)', aWeb({ suspend: true }), 'Set web is suspended: resume it, then fork.'],
    [
      'a set that releases (contract 3.1)',
      aWeb({ hibernatePolicy: 'release', replicas: 0 }),
      'Set web has hibernatePolicy release, which allows no sub-agents: change it to retain, then fork.',
    ],
    [
      'a set without a main agent',
      aWeb({}, [aFork()]),
      'Set web has no main agent yet: wait until it is ready.',
    ],
    ['a static main agent (contract 7)', onlyMain({ managed: false }), 'web-0 is a static VM'],
    ['macOS (contract 7)', onlyMain({ os: 'macos' }), 'web-0 runs macOS, and macOS guests cannot be forked.'],
    [
      'a main agent on a node that is down',
      aWeb({}, undefined, [aNode('node-a1', { ready: false })]),
      'Node node-a1 is not ready, so web-0 cannot be forked: bring the node back first.',
    ],
  ])('must not be done: %s', (_, subject, reason) => {
    expect(reasonOf(can.fork(subject, { count: 1 }))).toContain(reason)
  })

  it.each(VM_PHASES.filter((phase) => phase !== 'ready'))(
    'wants a Ready main agent, not one that is %s',
    (phase) => {
      expect(reasonOf(can.fork(onlyMain({ phase, message: 'so it is' }), { count: 1 }))).toContain('web-0')
    },
  )

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('takes no count of %j', (count) => {
    expect(reasonOf(can.fork(aWeb(), { count }))).toMatch(/^Set web (can be forked by a whole number|has 3)/)
  })

  it('stops at what a replica count can hold', () => {
    expect(reasonOf(can.fork(aWeb(), { count: 2 ** 31 - 3 }))).toBe(
      'Set web has 3 sub-agents and cannot have 2147483645 more: 2147483647 is the most.',
    )
  })

  it.each<[string, VmSubject | SetSubject, string]>([
    ['which state they carry (contract 7)', aWeb(), 'the state that web-0 had at its first fork'],
    ['where they land (contract 7)', aWeb(), 'The new VM is put on node node-a1 whether it has room or not.'],
    [
      'that the node is closed',
      around(theMain(), {}, { schedulable: false }),
      'although it is closed for new pods',
    ],
    ['what firecracker needs (contract 6.1)', onlyMain({ backend: 'firecracker' }), 'Clones on firecracker'],
  ])('says %s', (_, subject, note) => {
    expect(notesOf(can.fork(subject, { count: 1 }))).toContain(note)
  })
})

describe('fork-into-set', () => {
  const asleep = (over: Partial<Vm> = {}) => around(aFork({ phase: 'hibernated', vmID: '', ...over }))
  const verdictOn = can['fork-into-set']

  it.each([
    ['that sleeps', asleep()],
    ['of no set', around(aBareVm({ phase: 'hibernated' }))],
    ['of a suspended set', around(aFork({ phase: 'hibernated' }), { suspend: true })],
    ['of which nothing is kept at deletion', asleep({ snapshotPolicy: 'never' })],
  ])('may be done from a VM %s', (_, subject) => {
    expect(reasonOf(verdictOn(subject))).toBe('')
    expect(warningsOf(verdictOn(subject))).toContain('waking it removes the snapshot')
  })

  it.each([
    [
      'awake',
      around(aFork()),
      'web-2 has no snapshot in the registry while it is not hibernated: hibernate it first.',
    ],
    ['falling asleep', around(aFork({ phase: 'hibernating' })), 'wait until it is hibernated.'],
    ['on firecracker (contract 7, 9)', asleep({ backend: 'firecracker' }), 'web-2 runs on firecracker'],
    ['macOS (contract 7)', asleep({ os: 'macos' }), 'macOS guests cannot be forked'],
    ['static (contract 7)', asleep({ managed: false }), 'web-2 is a static VM'],
    ['going', asleep({ deletedAt: AGO }), 'web-2 is being deleted'],
    ['without a VM name', asleep({ vmName: '' }), 'The VM name of web-2 (it has none)'],
    ['named as no image is (contract 9)', asleep({ vmName: 'VK-2' }), 'The VM name of web-2 (VK-2)'],
  ])('must not be done from one that is %s', (_, subject, reason) => {
    expect(reasonOf(verdictOn(subject))).toContain(reason)
  })
})

describe('fork-standalone', () => {
  const verdictOn = can['fork-standalone']
  const admitted = { admission: { allowed: true, message: '' } }

  it('may be done where the cluster admits it', () => {
    const verdict = verdictOn(around(aFork()), admitted)
    expect(warningsOf(verdict)).toContain('Nobody looks after a VM of no set')
    expect(notesOf(verdict)).not.toContain('dry run')
  })

  it('waits for the word of a dry run (contract 9)', () => {
    expect(notesOf(verdictOn(around(aFork()), {}))).toContain('a dry run tells')
  })

  it.each([
    ['ready', around(aFork({ phase: 'creating' })), 'web-2 is not ready yet'],
    ['managed', around(aFork({ managed: false })), 'web-2 is a static VM'],
    ['one that stays', around(aFork({ deletedAt: AGO })), 'web-2 is being deleted'],
    ['on a node', around(aFork({ node: '' })), 'web-2 has no node or VM name'],
    ['on a node that is ready', around(aFork(), {}, { ready: false }), 'Node node-a1 is not ready'],
  ])('wants a VM that is %s', (_, subject, reason) => {
    expect(reasonOf(verdictOn(subject, admitted))).toContain(reason)
  })

  it('must not be done where the cluster denies it', () => {
    const admission = { allowed: false, message: 'cocoon pods must be managed by a CocoonSet' }
    expect(reasonOf(verdictOn(around(aFork()), { admission }))).toBe(
      'This cluster does not admit a pod of no set (cocoon pods must be managed by a CocoonSet): fork web-2 into a set instead.',
    )
  })
})
