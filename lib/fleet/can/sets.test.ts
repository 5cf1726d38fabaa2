import { describe, expect, it } from 'vitest'
import { anAgent, aNode, aToolbox } from '../arrange.fixture.ts'
import { can } from './can.ts'
import type { SetSubject } from './subjects.ts'
import { aFork, aRequest, aWeb, notesOf, reasonOf, theMain, warningsOf } from './subjects.fixture.ts'

const AGO = '2026-11-23T11:00:00.000Z'
const going = aWeb({ deletedAt: AGO })
const GOING = 'Set web is being deleted: wait until it is gone.'
const failedMain = aWeb({ phase: 'Failed' }, [theMain({ phase: 'failed', vmID: '' })])
const NODE_DOWN = [aNode('node-a1', { ready: false })]

describe('suspend', () => {
  it.each<[string, SetSubject]>([
    ['a running set', aWeb()],
    ['one that nobody has looked at yet', aWeb({ phase: '' }, [])],
    ['one that releases', aWeb({ hibernatePolicy: 'release', replicas: 0 })],
    [
      'one with a VM asked to sleep',
      aWeb({}, [theMain(), aFork({ hibernation: aRequest('web-2', 'Hibernate', 'Hibernated') })]),
    ],
    [
      'one with a macOS VM that it does not run',
      aWeb({}, [theMain(), aToolbox('web', 'mac', { os: 'macos', managed: false })]),
    ],
    ['one whose old phase says Failed', aWeb({ phase: 'Failed' })],
  ])('may be done to %s', (_, subject) => {
    expect(reasonOf(can.suspend(subject))).toBe('')
  })

  it.each<[string, SetSubject, string]>([
    ['one that goes', going, GOING],
    ['one that sleeps', aWeb({ suspend: true, phase: 'Suspended' }), 'Set web is suspended already.'],
    ['one on its way', aWeb({ suspend: true, phase: 'Suspending' }), 'Set web is being suspended already.'],
    [
      'macOS (contract 6.3)',
      aWeb({ os: 'macos' }),
      'Set web runs macOS, and macOS guests cannot be hibernated.',
    ],
    [
      'one with a macOS toolbox (contract 6.3)',
      aWeb({}, [theMain(), aToolbox('web', 'mac', { os: 'macos' })]),
      'web-mac of set web runs macOS, and macOS guests cannot be hibernated: take it out of the set first.',
    ],
    ['one whose main agent failed (contract 4.2)', failedMain, 'The main agent web-0 of set web has failed'],
    [
      'one that failed without a main agent',
      aWeb({ phase: 'Failed' }, []),
      'The main agent of set web has failed',
    ],
    [
      'one with a request to wake (contract 10)',
      aWeb({}, [theMain(), aFork({ hibernation: aRequest('web-2', 'Wake', 'Active') })]),
      'The CocoonHibernation web-2 with desire Wake would wake what the suspension of set web puts to sleep: remove it first.',
    ],
  ])('must not be done to %s', (_, subject, reason) => {
    expect(reasonOf(can.suspend(subject))).toContain(reason)
  })

  it('does not mind a request to wake that goes already', () => {
    const hibernation = aRequest('web-2', 'Wake', 'Active', { deletedAt: AGO })
    expect(reasonOf(can.suspend(aWeb({}, [theMain(), aFork({ hibernation })])))).toBe('')
  })

  it.each<[string, SetSubject, string]>([
    [
      'of VMs that cannot sleep',
      aWeb({}, [theMain(), aFork({ phase: 'failed' })]),
      'web-2 has failed, and set web may stay Suspending',
    ],
    [
      'of nodes that are down',
      aWeb({}, undefined, NODE_DOWN),
      'stays Suspending until the nodes of web-0, web-1, web-2 and web-3 are ready',
    ],
  ])('warns %s (contract 4.4)', (_, subject, warning) => {
    expect(warningsOf(can.suspend(subject))).toContain(warning)
  })

  it.each<[string, SetSubject, string]>([
    ['that it boots first (contract 11.19)', aWeb({}, []), 'is booted first, and then put to sleep'],
    [
      'that pods go (contract 4.5)',
      aWeb({ hibernatePolicy: 'release', replicas: 0 }),
      'the pod of set web is deleted',
    ],
    [
      'that a move waits (contract 4.6)',
      aWeb({ phase: 'Migrating', nodeName: 'node-b1' }),
      'to node node-b1 waits until set web is resumed',
    ],
    [
      'that static VMs go on',
      aWeb({}, [theMain(), aToolbox('web', 'pc', { managed: false })]),
      'web-pc is a static VM and goes on running.',
    ],
    [
      'that progress is coarse',
      aWeb({}, undefined, [aNode('node-a1', { version: 'v0.2.9' })]),
      'Some kubelets of set web',
    ],
  ])('says %s', (_, subject, note) => {
    expect(notesOf(can.suspend(subject))).toContain(note)
  })
})

describe('resume', () => {
  const asleep = (over = {}, vms?: SetSubject['vms'], nodes?: SetSubject['nodes']) =>
    aWeb({ suspend: true, phase: 'Suspended', ...over }, vms, nodes)

  it.each<[string, SetSubject]>([
    ['one that sleeps', asleep()],
    ['one on its way', asleep({ phase: 'Suspending' })],
    ['one that has released its pods', asleep({ hibernatePolicy: 'release' }, [])],
  ])('may be done to %s', (_, subject) => {
    expect(reasonOf(can.resume(subject))).toBe('')
  })

  it.each<[string, SetSubject, string]>([
    ['one that is awake', aWeb(), 'Set web is not suspended.'],
    ['one that goes', asleep({ deletedAt: AGO }), GOING],
  ])('must not be done to %s', (_, subject, reason) => {
    expect(reasonOf(can.resume(subject))).toBe(reason)
  })

  it.each<[string, SetSubject, string]>([
    [
      'a failed main agent holds it up (contract 4.2)',
      asleep({}, failedMain.vms),
      'set web wakes only when it is restarted',
    ],
    [
      'nodes that are down hold it up',
      asleep({}, [aFork()], NODE_DOWN),
      'web-2 wakes only when the node is ready again.',
    ],
    [
      'saving comes first (contract 4.4)',
      asleep({ phase: 'Suspending' }),
      'finish that first, then they wake',
    ],
    [
      'room is needed again (contract 4.5)',
      asleep({ hibernatePolicy: 'release' }, []),
      'without any it stays Waking',
    ],
    [
      'some stay asleep (contract 4.2)',
      asleep({}, [theMain(), aFork({ hibernation: aRequest('web-2', 'Hibernate', 'Hibernated') })]),
      'web-2 stays asleep, each by a CocoonHibernation of its own.',
    ],
    ['addresses change (contract 6.3)', asleep(), 'usually other addresses'],
  ])('says that %s', (_, subject, sentence) => {
    const verdict = can.resume(subject)
    expect(`${warningsOf(verdict)}\n${notesOf(verdict)}`).toContain(sentence)
  })
})

describe('scale', () => {
  it.each([0, 2, 4, 2 ** 31 - 1])('may be done to %d sub-agents', (replicas) => {
    expect(reasonOf(can.scale(aWeb(), { replicas }))).toBe('')
  })

  it.each<[string, SetSubject, number, string]>([
    ['of one that goes, up', going, 4, GOING],
    ['of one that goes, down', going, 1, GOING],
    ['to what it is', aWeb(), 3, 'Set web has 3 sub-agents already.'],
    ['below none', aWeb(), -1, 'a whole number of sub-agents from 0 to 2147483647, not -1.'],
    ['to a fraction', aWeb(), 1.5, 'not 1.5.'],
    ['to no number', aWeb(), Number.NaN, 'not NaN.'],
    ['beyond the most', aWeb(), 2 ** 31, 'not 2147483648.'],
    [
      'up, where it releases (contract 3.1)',
      aWeb({ hibernatePolicy: 'release', replicas: 0 }),
      1,
      'hibernatePolicy release',
    ],
    [
      'up, while suspended (contract 10)',
      aWeb({ suspend: true }),
      4,
      'Set web is suspended: resume it, then fork.',
    ],
    [
      'up, without a Ready main agent (contract 10)',
      failedMain,
      4,
      'web-0 has failed: restart it, then fork.',
    ],
  ])('must not be done %s', (_, subject, replicas, reason) => {
    expect(reasonOf(can.scale(subject, { replicas }))).toContain(reason)
  })

  it('names the highest slots, which go (contract 4.7)', () => {
    expect(can.scale(aWeb(), { replicas: 1 })).toEqual({
      ok: true,
      warnings: [
        'web-3 and web-2 are deleted with memory and disk: set web always gives up its highest slots.',
      ],
      notes: ['A last snapshot of web-3 and web-2 is saved under the tag latest and kept.'],
    })
  })

  it('says of which nothing is saved (contract 2.9)', () => {
    const vms = [theMain(), anAgent('web', 1), anAgent('web', 2, { vmID: 'id-2', snapshotPolicy: 'never' })]
    expect(warningsOf(can.scale(aWeb({ replicas: 2 }, vms), { replicas: 1 }))).toContain(
      'Nothing is saved of web-2.',
    )
  })

  it('counts by slot, not by name or order', () => {
    const vms = [11, 2, 0, 9, 10].map((slot) => anAgent('web', slot, { vmID: 'x' }))
    expect(warningsOf(can.scale(aWeb({ replicas: 11 }, vms), { replicas: 9 }))).toContain(
      'web-11 and web-10 are',
    )
  })

  it.each<[string, SetSubject, string]>([
    ['the set (contract 4.2)', aWeb({ suspend: true }), 'Nothing happens until set web is resumed.'],
    [
      'its main agent (contract 4.2)',
      failedMain,
      'Nothing happens until the main agent of set web is ready.',
    ],
  ])('waits for %s', (_, subject, note) => {
    expect(notesOf(can.scale(subject, { replicas: 0 }))).toContain(note)
  })
})

describe('edit-set and delete-set', () => {
  it('must not be done to a set that goes', () => {
    expect(reasonOf(can['edit-set'](going))).toBe(GOING)
    expect(reasonOf(can['delete-set'](going))).toBe(GOING)
  })

  it('may be done to any other', () => {
    for (const subject of [aWeb(), failedMain, aWeb({ suspend: true }), aWeb({ phase: '' }, [])]) {
      expect(reasonOf(can['edit-set'](subject))).toBe('')
      expect(reasonOf(can['delete-set'](subject))).toBe('')
    }
  })

  it('names what goes, and what is kept (contract 4.8)', () => {
    const vms = [
      theMain(),
      aFork({ phase: 'hibernated', vmID: '' }),
      aToolbox('web', 'db', { vmID: 'x', snapshotPolicy: 'never' }),
      aToolbox('web', 'pc', { managed: false }),
    ]
    expect(can['delete-set'](aWeb({}, vms, [aNode('node-a1', { ready: false })]))).toEqual({
      ok: true,
      warnings: [
        '3 VMs of set web go with it, memory and disk: web-0, web-2 and web-db.',
        'The hibernate snapshot of web-2 is deleted, and nothing else of it is saved.',
        'Set web stays until the nodes of web-0, web-2 and web-db are ready again.',
      ],
      notes: [
        'A last snapshot of web-0 is saved under the tag latest and kept.',
        'web-pc is a static VM and goes on running.',
      ],
    })
  })

  it('says that the memory of a released set goes (contract 4.5, 4.8)', () => {
    const released = aWeb({ suspend: true, phase: 'Suspended', hibernatePolicy: 'release' }, [])
    expect(warningsOf(can['delete-set'](released))).toBe('The saved memory of set web goes with it.')
  })

  it('tells of requests that outlive the set (contract 5)', () => {
    const asked = (slot: number, desire: string) =>
      anAgent('web', slot, { hibernation: aRequest(`web-${slot}`, desire, 'Hibernated') })
    const vms = [asked(0, 'Hibernate'), asked(1, 'Hibernate'), asked(2, 'Wake')]
    expect(notesOf(can['delete-set'](aWeb({}, vms)))).toContain(
      'The requests to hibernate web-0 and web-1 stay: remove them, or a new VM of that name is put to sleep.',
    )
  })

  it('lists the first few of many', () => {
    const vms = Array.from({ length: 12 }, (_, slot) => anAgent('web', slot, { vmID: 'x' }))
    expect(warningsOf(can['delete-set'](aWeb({}, vms)))).toContain(
      'web-0, web-1, web-2, web-3, web-4 and 7 more.',
    )
  })
})
