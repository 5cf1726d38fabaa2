import { describe, expect, it } from 'vitest'
import { phaseOf } from './phase-of.ts'
import type { PhaseContext, PodFacts } from './phase-of.ts'
import { asked, NO_CONTEXT, podFacts, saying, SITUATIONS } from './phase.fixture.ts'
import type { VmPhase } from './vm.ts'

const { unscheduled, created, booting, up, lost, asleep, fallingAsleep, refused } = SITUATIONS

type Case = [situation: string, facts: Partial<PodFacts>, phase: VmPhase, message?: string]

const phaseIn = (facts: Partial<PodFacts>, context: Partial<PhaseContext> = {}) =>
  phaseOf(podFacts(facts), { ...NO_CONTEXT, ...context })

describe('a kubelet that reports the lifecycle (contract 6.2)', () => {
  const cases: Case[] = [
    ['just created', {}, 'scheduling'],
    ['unscheduled', unscheduled, 'scheduling', '0/3 nodes are available'],
    ['on its node, not begun', created, 'creating'],
    ['being created', { ...created, ...saying('creating') }, 'creating'],
    ['being fixed up', { ...booting, ...saying('creating') }, 'creating'],
    ['being fixed up and Ready too early', { ...up, ...saying('creating') }, 'creating'],
    ['ready', { ...up, ...saying('ready') }, 'ready'],
    ['probe lost', { ...lost, ...saying('ready') }, 'unreachable', 'ping failed: timeout'],
    [
      'probe lost, older kubelet',
      { ...lost, readyMessage: '', ...saying('ready') },
      'unreachable',
      'the readiness probe fails',
    ],
    [
      'node silent',
      { ...lost, ready: 'Unknown', readyMessage: '', ...saying('ready') },
      'unreachable',
      'its node no longer reports whether it is ready',
    ],
    [
      'ready without a Ready condition',
      { ...up, ready: '', ...saying('ready') },
      'unreachable',
      'its pod does not say whether it is ready',
    ],
    ['asked to hibernate', { ...fallingAsleep, ...saying('ready') }, 'hibernating'],
    ['hibernating', { ...fallingAsleep, ...saying('hibernating') }, 'hibernating'],
    ['hibernating, id gone', { ...fallingAsleep, vmID: '', ...saying('hibernating') }, 'hibernating'],
    ['hibernated', { ...asleep, ...saying('hibernated') }, 'hibernated'],
    ['wanted awake', { ...created, ...saying('hibernated') }, 'waking'],
    ['create failed', { ...refused, ...saying('failed') }, 'failed', 'pull failed'],
    [
      'hibernate failed',
      { ...fallingAsleep, ...saying('failed'), lifecycleMessage: 'push failed' },
      'failed',
      'push failed',
    ],
    ['retried after a failure', { ...refused, ...saying('creating') }, 'creating', 'pull failed'],
    [
      'fix-up exhausted',
      { ...booting, ...saying('failed'), lifecycleMessage: 'no agent' },
      'failed',
      'no agent',
    ],
    [
      'vanished',
      { ...booting, podPhase: 'Failed', podReason: 'VMGone', ...saying('ready') },
      'failed',
      'VMGone',
    ],
    ['being deleted', { ...up, ...saying('ready'), deletedAt: '2026-01-01T11:00:00.000Z' }, 'deleting'],
    [
      'dead and being deleted',
      { ...booting, podPhase: 'Failed', deletedAt: '2026-01-01T11:00:00.000Z', ...saying('failed') },
      'deleting',
    ],
    ['ended and being deleted', { podPhase: 'Succeeded', deletedAt: '2026-01-01T11:00:00.000Z' }, 'deleting'],
  ]
  it.each(cases)('%s', (_, facts, phase, message = '') => {
    expect(phaseIn(facts)).toMatchObject({ phase, message })
  })
})

describe('an older kubelet that reports nothing (contract 11.1)', () => {
  const cases: Case[] = [
    ['unscheduled', unscheduled, 'scheduling', '0/3 nodes are available'],
    [
      'unscheduled and already asked to sleep',
      { ...unscheduled, hibernateRequested: true },
      'scheduling',
      '0/3 nodes are available',
    ],
    ['no VM yet', created, 'creating'],
    ['no VM yet, Running and Ready', { ...up, vmID: '' }, 'creating'],
    ['VM up, not ready', booting, 'creating'],
    ['ready', up, 'ready'],
    ['flag and id', fallingAsleep, 'hibernating'],
    ['flag, no id, still Running', { ...fallingAsleep, vmID: '' }, 'hibernating'],
    ['flag, no id, Pending', asleep, 'hibernated'],
    ['provider failed', refused, 'failed', 'pull failed'],
    ['provider failed without words', { ...refused, podMessage: '' }, 'failed', 'ProviderFailed'],
    ['failed pod', { ...booting, podPhase: 'Failed' }, 'failed'],
  ]
  it.each(cases)('%s', (_, facts, phase, message = '') => {
    expect(phaseIn(facts)).toMatchObject({ phase, message })
  })

  it.each([
    ['ready', 'unreachable'],
    ['unreachable', 'unreachable'],
    ['creating', 'creating'],
    ['hibernating', 'creating'],
    [null, 'creating'],
  ] as const)('tells a lost probe from a boot by what was seen before: %s', (before, phase) => {
    expect(phaseIn(booting, { before }).phase).toBe(phase)
  })
})

describe('a static VM, which nobody creates or hibernates', () => {
  const cases: Case[] = [
    ['answers', up, 'ready'],
    ['answers, says so', { ...up, ...saying('ready') }, 'ready'],
    ['is away', lost, 'unreachable', 'ping failed: timeout'],
    ['is not probed yet', created, 'creating'],
    ['carries the flag of a suspended set', fallingAsleep, 'ready'],
    ['carries the flag and says ready', { ...fallingAsleep, ...saying('ready') }, 'ready'],
  ]
  it.each(cases)('%s', (_, facts, phase, message = '') => {
    const toolbox = { ...facts, managed: false, role: 'toolbox' }
    expect(phaseIn(toolbox)).toMatchObject({ phase, message })
  })
})

describe('a wake, which reports creating (contract 11.7)', () => {
  const waking = { ...created, ...saying('creating') }
  it.each<[string, Partial<PodFacts>, Partial<PhaseContext>, VmPhase]>([
    ['by a CocoonHibernation', waking, { hibernation: asked('Wake', 'Waking') }, 'waking'],
    ['by a CocoonHibernation, older kubelet', created, { hibernation: asked('Wake', 'Waking') }, 'waking'],
    ['by a released set', waking, { set: { phase: 'Waking' } }, 'waking'],
    ['by the restore marker', { ...waking, restoring: true }, {}, 'waking'],
    ['by the restore marker, older kubelet', { ...created, restoring: true }, {}, 'waking'],
    ['by an unsuspended set, as seen', waking, { before: 'hibernated' }, 'waking'],
    ['still, after the clone is up', { ...booting, ...saying('creating') }, { before: 'waking' }, 'waking'],
    ['is over', { ...up, ...saying('ready') }, { before: 'waking' }, 'ready'],
    [
      'is not every creation',
      waking,
      { hibernation: asked('Wake', 'Active'), set: { phase: 'Pending' } },
      'creating',
    ],
    ['waits for a node', { ...unscheduled, restoring: true }, { set: { phase: 'Waking' } }, 'scheduling'],
  ])('%s', (_, facts, context, phase) => {
    expect(phaseIn(facts, context).phase).toBe(phase)
  })
})

describe('a migration, which moves the main agent only (contract 4.6)', () => {
  const moving = { set: { phase: 'Migrating' } }
  it.each<[string, Partial<PodFacts>, VmPhase]>([
    ['the main, asleep', { ...asleep, ...saying('hibernated') }, 'migrating'],
    ['the main, waiting for its new node', unscheduled, 'migrating'],
    ['the main, on its new node', { ...created, restoring: true, ...saying('creating') }, 'migrating'],
    ['the main, leaving', { ...asleep, deletedAt: '2026-01-01T11:00:00.000Z' }, 'deleting'],
    ['the main, failed', { ...refused, ...saying('failed') }, 'failed'],
    ['a sub-agent', { ...up, role: 'sub-agent', ...saying('ready') }, 'ready'],
    ['a toolbox', { ...up, role: 'toolbox', ...saying('ready') }, 'ready'],
  ])('%s', (_, facts, phase) => {
    expect(phaseIn(facts, moving).phase).toBe(phase)
  })
})
