import { describe, expect, it } from 'vitest'
import { anAgent, aSet, aVm, NOW } from '../arrange.fixture.ts'
import type { Vm, VmHibernation, VmSet } from '../vm.ts'
import type { Operation } from './operation.ts'
import { createOperationRing } from './operation-ring.ts'

const second = (at: number) => new Date(NOW + at * 1_000).toISOString()

const request = (desire: string, phase: string, over: Partial<VmHibernation> = {}): VmHibernation => ({
  uid: 'r1',
  name: 'web-1',
  desire,
  phase,
  since: null,
  message: '',
  deletedAt: null,
  ...over,
})

/** A fleet whose rows turn as told, each turn at its second; the ring is as old as the test. */
function watched() {
  const clock = { at: 0 }
  const ring = createOperationRing(() => NOW + clock.at * 1_000)
  const vms = new Map<string, Vm>()
  const sets = new Map<string, VmSet>()
  const listed = new Map<string, Operation>()
  const put = <Row extends { uid: string }>(rows: Map<string, Row>, uid: string, after: Row | undefined) => {
    const before = rows.get(uid)
    if (after === undefined) rows.delete(uid)
    else rows.set(uid, after)
    return { uid, before, after }
  }
  const named = (namespace: string, name: string) =>
    [...sets.values()].find((set) => set.name === name && set.namespace === namespace)
  const members = (namespace: string, name: string) =>
    [...vms.values()].filter((vm) => vm.set === name && vm.namespace === namespace)
  return {
    ring,
    /** What the rows are at a second; a row of `null` is gone. */
    turn(at: number, turns: { vms?: Record<string, Vm | null>; sets?: Record<string, VmSet | null> }) {
      clock.at = at
      const turnedSets = Object.entries(turns.sets ?? {}).map(([uid, row]) =>
        put(sets, uid, row ?? undefined),
      )
      const turnedVms = Object.entries(turns.vms ?? {}).map(([uid, row]) => put(vms, uid, row ?? undefined))
      for (const uid of ring.observe(turnedSets, turnedVms, members, named).operations) {
        const operation = ring.operation(uid)
        if (operation === undefined) listed.delete(uid)
        else listed.set(uid, operation)
      }
    },
    told: () =>
      [...listed.values()].map(({ kind, name, result, took, message }) =>
        [kind, name, result, ...(took === null ? [] : [took / 1_000]), message].filter((word) => word !== ''),
      ),
    listed,
  }
}

const fork = (over: Partial<Vm> = {}) => anAgent('web', 1, { uid: 'p1', ...over })

describe('a hibernation', () => {
  const asleep = fork({ phase: 'hibernated', hibernation: request('Hibernate', 'Hibernated') })

  it('runs from the request to its end, and only then its time is known', () => {
    const { turn, told, ring } = watched()
    turn(0, { vms: { p1: fork() } })
    turn(10, { vms: { p1: fork({ hibernation: request('Hibernate', '') }) } })
    expect(told()).toEqual([['hibernate', 'web-1', 'running']])
    turn(12, {
      vms: { p1: fork({ phase: 'hibernating', hibernation: request('Hibernate', 'Hibernating') }) },
    })
    turn(25, { vms: { p1: fork({ phase: 'hibernated', hibernation: request('Hibernate', 'Hibernating') }) } })
    expect(told()).toEqual([['hibernate', 'web-1', 'running']])
    turn(30, { vms: { p1: asleep } })
    expect(told()).toEqual([['hibernate', 'web-1', 'done', 20]])
    expect(ring.usual('hibernate')).toEqual({ uid: 'hibernate', median: 20_000, count: 1 })
  })

  it('whose beginning nobody saw is listed, and its time counts for nothing', () => {
    const { turn, told, ring } = watched()
    const since = second(-50)
    turn(0, {
      vms: {
        p1: fork({ phase: 'hibernating', hibernation: request('Hibernate', 'Hibernating', { since }) }),
      },
    })
    turn(30, { vms: { p1: asleep } })
    expect(told()).toEqual([['hibernate', 'web-1', 'done']])
    expect(ring.usual('hibernate')).toBeUndefined()
  })

  it.each<[string, Vm | null, string[]]>([
    [
      'failed',
      fork({ hibernation: request('Hibernate', 'Failed', { message: 'not confirmed within 3m0s' }) }),
      ['failed', 'not confirmed within 3m0s'],
    ],
    ['taken back', fork(), ['dropped', 'The request was taken back.']],
    [
      'turned round',
      fork({ hibernation: request('Wake', 'Hibernating') }),
      ['dropped', 'It was asked to wake instead.'],
    ],
    ['without its pod', null, ['dropped', 'Its pod went before.']],
  ])('that is %s says so', (_, row, expected) => {
    const { turn, told } = watched()
    turn(0, { vms: { p1: fork() } })
    turn(1, { vms: { p1: fork({ hibernation: request('Hibernate', 'Hibernating') }) } })
    turn(9, { vms: { p1: row } })
    expect(told()[0]?.slice(2)).toEqual(expected)
  })

  it('that was given up and is met all the same is no failure any more', () => {
    const { turn, told, ring } = watched()
    const gaveUp = request('Hibernate', 'Failed', { message: 'not confirmed within 3m0s' })
    turn(0, { vms: { p1: fork() } })
    turn(1, { vms: { p1: fork({ hibernation: request('Hibernate', 'Hibernating') }) } })
    turn(181, { vms: { p1: fork({ phase: 'hibernating', hibernation: gaveUp }) } })
    turn(190, { vms: { p1: fork({ phase: 'hibernated', hibernation: gaveUp }) } })
    expect(told()).toEqual([['hibernate', 'web-1', 'failed', 'not confirmed within 3m0s']])
    turn(191, { vms: { p1: asleep } })
    const message = 'The operator had given it up: not confirmed within 3m0s.'
    expect(told()).toEqual([['hibernate', 'web-1', 'done', message]])
    expect(ring.usual('hibernate')).toBeUndefined()
  })

  it('of an older generation is done, but its time does not count', () => {
    const { turn, told, ring } = watched()
    turn(0, { vms: { p1: fork() } })
    turn(1, { vms: { p1: fork({ hibernation: request('Hibernate', '') }) } })
    turn(9, { vms: { p1: { ...asleep, generation: 3, observedGeneration: 2 } } })
    expect(told()).toEqual([['hibernate', 'web-1', 'done', 8]])
    expect(ring.usual('hibernate')).toBeUndefined()
  })

  it('that failed before the server looked is not listed; asked again, it is', () => {
    const { turn, told } = watched()
    turn(0, { vms: { p1: fork({ hibernation: request('Hibernate', 'Failed') }) } })
    expect(told()).toEqual([])
    turn(5, { vms: { p1: fork({ hibernation: request('Hibernate', 'Hibernating') }) } })
    expect(told()).toEqual([['hibernate', 'web-1', 'running']])
  })
})

describe('a wake', () => {
  it('is over when the VM answers, not when the request says Active', () => {
    const { turn, told } = watched()
    turn(0, { vms: { p1: fork({ phase: 'hibernated', hibernation: request('Hibernate', 'Hibernated') }) } })
    turn(1, { vms: { p1: fork({ phase: 'hibernated', hibernation: request('Wake', 'Hibernated') }) } })
    turn(4, { vms: { p1: fork({ phase: 'waking', hibernation: request('Wake', 'Active') }) } })
    expect(told()).toEqual([['wake', 'web-1', 'running']])
    turn(6, { vms: { p1: fork({ hibernation: request('Wake', 'Active') }) } })
    expect(told()).toEqual([['wake', 'web-1', 'done', 5]])
  })

  it('of a VM that is awake counts for nothing', () => {
    const { turn, ring } = watched()
    turn(0, { vms: { p1: fork() } })
    turn(1, { vms: { p1: fork({ hibernation: request('Wake', '') }) } })
    turn(2, { vms: { p1: fork({ hibernation: request('Wake', 'Active') }) } })
    expect(ring.usual('wake')).toBeUndefined()
  })
})

describe('a VM that is made', () => {
  it.each([
    ['a fork', fork({ createdAt: second(3) }), 'fork'],
    ['another', aVm({ name: 'web-1', uid: 'p1', createdAt: second(3) }), 'create'],
  ])('is %s', (_, vm, kind) => {
    const { turn, told, ring } = watched()
    turn(4, { vms: { p1: { ...vm, phase: 'scheduling' } } })
    turn(5, { vms: { p1: { ...vm, phase: 'creating' } } })
    turn(9, { vms: { p1: vm } })
    expect(told()).toEqual([[kind, 'web-1', 'done', 6]])
    expect(ring.usual(kind)?.median).toBe(6_000)
  })

  it('that the server found half made counts for nothing', () => {
    const { turn, told } = watched()
    turn(4, { vms: { p1: fork({ phase: 'creating', createdAt: second(-20) }) } })
    turn(9, { vms: { p1: fork({ createdAt: second(-20) }) } })
    expect(told()).toEqual([['fork', 'web-1', 'done']])
  })

  it('that fails and is tried again is one operation', () => {
    const { turn, told } = watched()
    turn(1, { vms: { p1: fork({ phase: 'creating', createdAt: second(1) }) } })
    turn(2, { vms: { p1: fork({ phase: 'failed', message: 'no image', createdAt: second(1) }) } })
    expect(told()).toEqual([['fork', 'web-1', 'failed', 'no image']])
    turn(3, { vms: { p1: fork({ phase: 'creating', createdAt: second(1) }) } })
    expect(told()).toEqual([['fork', 'web-1', 'running', 'no image']])
    turn(9, { vms: { p1: fork({ createdAt: second(1) }) } })
    expect(told()).toEqual([['fork', 'web-1', 'done']])
  })

  it('under a name that has just come free is the old one made anew, from the request to go', () => {
    const { turn, told, ring } = watched()
    turn(0, { vms: { p1: fork() } })
    turn(10, { vms: { p1: fork({ phase: 'deleting', deletedAt: second(10) }) } })
    expect(told()).toEqual([['delete', 'web-1', 'running']])
    turn(14, { vms: { p1: null, p2: fork({ uid: 'p2', phase: 'scheduling', createdAt: second(14) }) } })
    expect(told()).toEqual([['restart', 'web-1', 'running']])
    turn(20, { vms: { p2: fork({ uid: 'p2', createdAt: second(14) }) } })
    expect(told()).toEqual([['restart', 'web-1', 'done', 10]])
    expect(ring.usual('restart')?.median).toBe(10_000)
  })

  it('under a name that was free for long is a new one', () => {
    const { turn, told } = watched()
    turn(0, { vms: { p1: fork() } })
    turn(10, { vms: { p1: fork({ phase: 'deleting', deletedAt: second(10) }) } })
    turn(12, { vms: { p1: null } })
    turn(60, { vms: { p2: fork({ uid: 'p2', phase: 'scheduling', createdAt: second(60) }) } })
    expect(told()).toEqual([
      ['delete', 'web-1', 'done', 2],
      ['fork', 'web-1', 'running'],
    ])
  })
})

describe('a set', () => {
  const main = (over: Partial<Vm> = {}) => anAgent('web', 0, { uid: 'p0', ...over })
  const set = (over: Partial<VmSet> = {}) => aSet('web', { uid: 's1', ...over })

  it('is suspended and resumed as one operation each, whatever its VMs do', () => {
    const { turn, told } = watched()
    turn(0, { sets: { s1: set() }, vms: { p0: main() } })
    turn(1, { sets: { s1: set({ suspend: true, generation: 2 }) } })
    turn(3, { vms: { p0: main({ phase: 'hibernating' }) } })
    turn(8, {
      sets: { s1: set({ suspend: true, phase: 'Suspended', generation: 2, observedGeneration: 2 }) },
    })
    turn(9, { vms: { p0: null } })
    turn(20, { sets: { s1: set({ phase: 'Suspended', generation: 3, observedGeneration: 2 }) } })
    turn(21, { vms: { p9: main({ uid: 'p9', phase: 'creating', createdAt: second(21) }) } })
    turn(22, { sets: { s1: set({ phase: 'Running', generation: 3, observedGeneration: 3 }) } })
    expect(told().at(-1)).toEqual(['resume', 'web', 'running'])
    turn(25, { vms: { p9: main({ uid: 'p9', createdAt: second(21) }) } })
    expect(told()).toEqual([
      ['suspend', 'web', 'done', 7],
      ['resume', 'web', 'done', 5],
    ])
  })

  it('that is resumed while it falls asleep drops the one for the other', () => {
    const { turn, told } = watched()
    turn(0, { sets: { s1: set() }, vms: { p0: main() } })
    turn(1, { sets: { s1: set({ suspend: true, phase: 'Suspending', generation: 2 }) } })
    turn(2, { sets: { s1: set({ phase: 'Suspending', generation: 3 }) } })
    expect(told()).toEqual([
      ['suspend', 'web', 'dropped', 'It was resumed instead.'],
      ['resume', 'web', 'running'],
    ])
  })

  it('whose VM does not come back says which', () => {
    const { turn, told } = watched()
    turn(0, {
      sets: { s1: set({ suspend: true, phase: 'Suspended' }) },
      vms: { p0: main({ phase: 'hibernated' }) },
    })
    turn(1, {
      sets: { s1: set({ phase: 'Scaling' }) },
      vms: { p0: main({ phase: 'waking' }) },
    })
    turn(2, { vms: { p0: main({ phase: 'failed', message: 'no tag' }) } })
    expect(told()[0]?.slice(2)).toEqual(['failed', 'web-0: no tag'])
  })

  it('moves from the wish to the other node, its main agent’s pod included', () => {
    const { turn, told } = watched()
    turn(0, { sets: { s1: set() }, vms: { p0: main() } })
    turn(1, { sets: { s1: set({ nodeName: 'node-b1', generation: 2 }) } })
    turn(2, {
      sets: { s1: set({ nodeName: 'node-b1', generation: 2, phase: 'Migrating' }) },
      vms: { p0: main({ phase: 'migrating' }) },
    })
    turn(5, { vms: { p0: main({ phase: 'deleting', deletedAt: second(5) }) } })
    turn(6, {
      vms: { p0: null, p9: main({ uid: 'p9', phase: 'migrating', node: 'node-b1', createdAt: second(6) }) },
    })
    turn(9, { vms: { p9: main({ uid: 'p9', node: 'node-b1' }) } })
    expect(told()).toEqual([['migrate', 'web', 'running']])
    turn(10, { sets: { s1: set({ nodeName: 'node-b1', generation: 2, observedGeneration: 2 }) } })
    expect(told()).toEqual([['migrate', 'web', 'done', 9]])
  })

  it('goes as one', () => {
    const { turn, told } = watched()
    turn(0, { sets: { s1: set() }, vms: { p0: main() } })
    turn(1, { sets: { s1: set({ deletedAt: second(1) }) } })
    turn(2, { vms: { p0: main({ phase: 'deleting', deletedAt: second(2) }) } })
    turn(4, { vms: { p0: null } })
    turn(5, { sets: { s1: null } })
    expect(told()).toEqual([['delete', 'web', 'done', 4]])
  })
})

describe('what is kept', () => {
  it('is bounded for each kind, and one kind does not push another out', () => {
    const { turn, listed } = watched()
    turn(0, { vms: { p1: fork() } })
    turn(1, { vms: { p1: fork({ hibernation: request('Hibernate', '') }) } })
    turn(2, { vms: { p1: fork({ hibernation: request('Hibernate', 'Failed', { message: 'x' }) }) } })
    for (let at = 3; at < 100; at += 1) {
      const vm = anAgent('many', at, { uid: `m${at}`, createdAt: second(at) })
      turn(at, { vms: { [vm.uid]: { ...vm, phase: 'creating' } } })
      turn(at, { vms: { [vm.uid]: vm } })
    }
    const kinds = [...listed.values()].map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'fork')).toHaveLength(30)
    expect(kinds.filter((kind) => kind === 'hibernate')).toHaveLength(1)
  })

  it('lists at most 300 running ones, and knows the time of all', () => {
    const { turn, listed, ring } = watched()
    const all = (phase: Vm['phase']) =>
      Object.fromEntries(
        Array.from({ length: 500 }, (_, at) => [
          `m${at}`,
          anAgent('many', at + 1, { uid: `m${at}`, phase, createdAt: second(1) }),
        ]),
      )
    turn(1, { vms: all('creating') })
    expect(listed.size).toBe(300)
    turn(7, { vms: all('ready') })
    expect(listed.size).toBe(30)
    expect(ring.usual('fork')).toEqual({ uid: 'fork', median: 6_000, count: 51 })
  })
})
