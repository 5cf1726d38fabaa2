import { describe, expect, it } from 'vitest'
import { ago, anAgent, aSet, NOW } from '../arrange.fixture.ts'
import type { Vm, VmHibernation, VmSet } from '../vm.ts'
import { anOperation } from './operation.fixture.ts'
import type { Operation, Usual } from './operation.ts'
import { progressLine, progressLines } from './progress-words.ts'
import { setProgress } from './set-progress.ts'
import { kindOfPhase } from './kind-of-phase.ts'
import { needsMark, vmProgress } from './vm-progress.ts'

const asks = (desire: string, phase: string, over: Partial<VmHibernation> = {}): VmHibernation => ({
  uid: 'r1',
  name: 'web-1',
  desire,
  phase,
  since: ago(2),
  message: '',
  deletedAt: null,
  ...over,
})

const NOT_YET = 'Now: the operator has not taken it up yet.'
const THREE = 'The operator gives up after 3 minutes.'
const FIVE = 'The operator gives up after 5 minutes.'

const linesOf = (vm: Partial<Vm>, operation?: Operation) => {
  const progress = vmProgress(anAgent('web', 1, vm), operation)
  return progress && progressLines(progress, undefined, NOW)
}

describe('what is said of a request', () => {
  it.each<[VmHibernation | null, Vm['phase'], string[] | null]>([
    [null, 'ready', null],
    [asks('Hibernate', '', { since: null }), 'ready', [`Asked for hibernation. ${NOT_YET}`]],
    [asks('Hibernate', 'Active', { since: null }), 'ready', [`Asked for hibernation. ${NOT_YET}`]],
    [
      asks('Hibernate', 'Pending'),
      'ready',
      ['Asked for hibernation 2 min ago. Now: the operator waits for its pod.'],
    ],
    [
      asks('Hibernate', 'Hibernating'),
      'ready',
      ['Asked for hibernation 2 min ago. Now: its node has not begun yet.', THREE],
    ],
    [
      asks('Hibernate', 'Hibernating'),
      'hibernating',
      ['Asked for hibernation 2 min ago. Now: its node saves its memory to the registry.', THREE],
    ],
    [
      asks('Hibernate', 'Hibernating'),
      'hibernated',
      ['Asked for hibernation 2 min ago. Now: it sleeps; the operator makes sure of the snapshot.', THREE],
    ],
    [asks('Hibernate', 'Hibernated'), 'hibernated', null],
    [asks('Hibernate', 'Waking'), 'waking', ['Asked for hibernation 2 min ago. Now: waking finishes first.']],
    [asks('Wake', 'Waking'), 'waking', ['Asked to wake 2 min ago. Now: its node restores its memory.', FIVE]],
    [asks('Wake', 'Hibernated', { since: null }), 'hibernated', [`Asked to wake. ${NOT_YET}`]],
    [asks('Wake', 'Active'), 'ready', null],
    [asks('Wake', 'Hibernated', { deletedAt: ago(1) }), 'hibernated', null],
    [asks('constructor', 'Pending'), 'ready', null],
  ])('%o of a VM that is %s', (hibernation, phase, expected) => {
    expect(linesOf({ hibernation, phase })).toEqual(expected)
  })

  it.each([
    ['Hibernate', 'not confirmed within 3m0s', /Nothing is lost.*ask again/],
    ['Wake', 'wake timed out after 5m0s', /memory is kept.*do not remove.*ask to wake it again/],
  ])('to %s that failed has the message, and what to do', (desire, message, advice) => {
    const [head, ...rest] = linesOf({ hibernation: asks(desire, 'Failed', { message }) }) ?? []
    expect(head).toContain(` 2 min ago, which failed: ${message}.`)
    expect(rest).toEqual([expect.stringMatching(advice)])
  })

  it('has the words of the node while the operator still waits', () => {
    const vm = {
      hibernation: asks('Hibernate', 'Hibernating'),
      phase: 'failed',
      message: 'disk full',
    } as const
    expect(linesOf(vm)).toEqual([
      expect.stringContaining('its node reports a failure'),
      THREE,
      'disk full.',
      expect.stringContaining('ask again'),
    ])
  })

  it('begins when the server saw it, not with its last step', () => {
    const hibernation = asks('Hibernate', 'Hibernating', { since: ago(1) })
    const operation = anOperation({ kind: 'hibernate', began: ago(3) })
    expect(linesOf({ hibernation }, operation)?.[0]).toContain('3 min ago')
    expect(linesOf({ hibernation }, anOperation({ kind: 'wake' }))?.[0]).toContain('1 min ago')
  })
})

describe('what is said of a VM on its way', () => {
  it.each<[Partial<Vm>, Operation | undefined, string]>([
    [
      { deletedAt: ago(1), snapshotPolicy: 'never' },
      undefined,
      'Its pod was asked to go 1 min ago. Waiting for the cluster.',
    ],
    [
      { deletedAt: ago(1) },
      undefined,
      'Its pod was asked to go 1 min ago. Now: its node saves a last snapshot first, where it can.',
    ],
    [
      { phase: 'scheduling', createdAt: ago(2) },
      undefined,
      'It is being forked for 2 min. Now: it waits for a node that has room.',
    ],
    [
      { phase: 'creating', createdAt: ago(2), forkedFrom: '' },
      undefined,
      'It is being created for 2 min. Now: its node makes the VM.',
    ],
    [
      { phase: 'creating', vmID: 'v', ip: '' },
      anOperation({ kind: 'restart', began: ago(5) }),
      'It is being made anew for 5 min. Now: it runs, and waits for an address.',
    ],
    [
      { phase: 'waking', vmID: 'v', phaseSince: ago(1) },
      undefined,
      'It is being woken for 1 min. Now: it runs, and does not answer yet.',
    ],
    [
      { phase: 'hibernating', phaseSince: ago(1) },
      undefined,
      'It is being put to sleep for 1 min. Now: its node saves its memory to the registry.',
    ],
  ])('%o', (vm, operation, expected) => {
    expect(linesOf(vm, operation)?.[0]).toBe(expected)
  })

  it.each<[Partial<Vm>, boolean]>([
    [{ hibernation: asks('Hibernate', '') }, true],
    [{ hibernation: asks('Hibernate', 'Hibernating'), phase: 'hibernating' }, false],
    [{ hibernation: asks('Hibernate', 'Failed') }, true],
    [{ hibernation: asks('Hibernate', 'Failed'), phase: 'hibernating' }, true],
    [{ hibernation: asks('Wake', 'Hibernated'), phase: 'hibernated' }, true],
    [{ phase: 'creating' }, false],
    [{ deletedAt: ago(1), phase: 'deleting' }, false],
  ])('%o needs a mark: %s', (over, expected) => {
    const vm = anAgent('web', 1, over)
    const progress = vmProgress(vm, undefined)
    expect(progress && needsMark(vm, progress)).toBe(expected)
  })

  it.each<[Vm['phase'], string, string | null]>([
    ['creating', '', 'create'],
    ['creating', 'vk-web-0', 'fork'],
    ['hibernating', '', 'hibernate'],
    ['waking', '', 'wake'],
    ['ready', '', null],
    ['scheduling', '', null],
  ])('%s (of "%s") is timed as %s', (phase, forkedFrom, kind) => {
    expect(kindOfPhase({ phase, forkedFrom })).toBe(kind)
  })
})

describe('what is said of a set', () => {
  const main = (over: Partial<Vm> = {}) => anAgent('web', 0, over)
  const forkOf = (over: Partial<Vm> = {}) => anAgent('web', 1, over)

  it.each<[string, Partial<VmSet>, Vm[], Operation | undefined, string | null]>([
    ['rest', {}, [main()], undefined, null],
    ['deletion', { deletedAt: ago(1) }, [main()], undefined, 'Asked to go 1 min ago. Now: 1 VM still there.'],
    [
      'suspension',
      { suspend: true, phase: 'Suspending' },
      [main({ phase: 'hibernated' }), forkOf({ phase: 'hibernating' })],
      anOperation({ kind: 'suspend', began: ago(4) }),
      'Asked to suspend 4 min ago. Now: 1 of 2 asleep.',
    ],
    ['sleep', { suspend: true, phase: 'Suspended' }, [main({ phase: 'hibernated' })], undefined, null],
    [
      'resumption',
      { phase: 'Scaling', desiredAgents: 3 },
      [main()],
      anOperation({ kind: 'resume' }),
      'Asked to resume 2 min ago. Now: 1 of 3 awake.',
    ],
    [
      'a move',
      { phase: 'Migrating', nodeName: 'b1' },
      [main({ phase: 'hibernating' })],
      undefined,
      'Asked to move to b1. Now: its main agent is put to sleep.',
    ],
    [
      'forks',
      { replicas: 3 },
      [main(), forkOf()],
      undefined,
      'Asked for 3 sub-agents. Now: 1 there so far, 2 to come.',
    ],
    [
      'forks of a main agent that is not ready',
      { replicas: 1 },
      [main({ phase: 'creating' })],
      undefined,
      'Asked for 1 sub-agent. Now: 1 to come, once the main agent is ready.',
    ],
    ['fewer', { replicas: 0 }, [main(), forkOf()], undefined, 'Asked for 0 sub-agents. Now: 1 more to go.'],
    ['a change', { generation: 2 }, [main()], undefined, `Asked for a change. ${NOT_YET}`],
    [
      'an operator that reports no generation',
      { generation: 2, observedGeneration: 0 },
      [main()],
      undefined,
      null,
    ],
  ])('%s', (_, set, vms, operation, expected) => {
    const progress = setProgress(aSet('web', set), vms, operation)
    expect(progress && progressLines(progress, undefined, NOW)[0]).toBe(expected)
  })

  it('that cannot suspend names the VM and what to do, and that nobody gives up', () => {
    const set = aSet('web', { suspend: true, phase: 'Suspending' })
    const progress = setProgress(set, [main({ phase: 'failed', message: 'no registry' })], undefined)
    expect(progress && progressLines(progress, undefined, NOW).slice(1)).toEqual([
      'Suspending has no limit: the operator waits for as long as it takes.',
      'web-0: no registry.',
      expect.stringContaining('restart it. Or resume the set.'),
    ])
  })
})

describe('times', () => {
  const usual = (median: number, count = 9): Usual => ({ uid: 'hibernate', median, count })
  const progress = vmProgress(anAgent('web', 1, { hibernation: asks('Hibernate', 'Hibernating') }), undefined)

  it.each([
    [undefined, 'Asked for hibernation · 2 min'],
    [usual(20_000), 'Asked for hibernation · 2 min, usually 20 s'],
    [usual(20_000, 1), 'Asked for hibernation · 2 min, 20 s last time'],
  ])('with %o are one line', (times, expected) => {
    expect(progress && progressLine(progress, times, NOW)).toBe(expected)
  })

  it.each([
    [usual(20_000), true],
    [usual(60_000), false],
    [undefined, false],
  ])('with %o are longer than usual: %s', (times, expected) => {
    const lines = progress === null ? [] : progressLines(progress, times, NOW)
    expect(lines.join(' ').includes('It takes longer than usual.')).toBe(expected)
  })
})
