import { describe, expect, it } from 'vitest'
import { phaseOf } from './phase-of.ts'
import type { PhaseContext, PodFacts } from './phase-of.ts'
import { asked, NO_CONTEXT, podFacts, saidBefore, saying, SITUATIONS } from './phase.fixture.ts'
import { VM_PHASES } from './vm.ts'
import type { VmPhase } from './vm.ts'

const { unscheduled, created, booting, up, lost, asleep, fallingAsleep } = SITUATIONS

const phaseIn = (facts: Partial<PodFacts>, context: Partial<PhaseContext> = {}) =>
  phaseOf(podFacts(facts), { ...NO_CONTEXT, ...context })

describe('a state from before the last change of the set (contract 11.2)', () => {
  it.each<[string, Partial<PodFacts>, VmPhase]>([
    ['creating, and the VM is still being made', { ...created, ...saidBefore('creating') }, 'creating'],
    ['creating, and the VM is up', { ...up, ...saidBefore('creating') }, 'ready'],
    ['ready, and it still answers', { ...up, ...saidBefore('ready') }, 'ready'],
    ['ready, and it no longer answers', { ...lost, ...saidBefore('ready') }, 'unreachable'],
    ['ready, and it is to sleep', { ...fallingAsleep, ...saidBefore('ready') }, 'hibernating'],
    ['hibernating, and it is not done', { ...fallingAsleep, ...saidBefore('hibernating') }, 'hibernating'],
    ['hibernating, and it is done', { ...asleep, ...saidBefore('hibernating') }, 'hibernated'],
    ['hibernated, and it is to stay so', { ...asleep, ...saidBefore('hibernated') }, 'hibernated'],
    ['hibernated, and the set was resumed', { ...created, ...saidBefore('hibernated') }, 'waking'],
    ['failed, and nothing else is seen', { ...booting, ...saidBefore('failed') }, 'failed'],
    ['failed, and it answers', { ...up, ...saidBefore('failed') }, 'ready'],
    ['a state of a newer kubelet, and it answers', { ...up, ...saidBefore('pausing') }, 'ready'],
  ])('%s', (_, facts, phase) => {
    expect(phaseIn(facts).phase).toBe(phase)
  })

  it('believes a state of a newer generation than the stamp', () => {
    const ahead = { ...up, lifecycleState: 'hibernating', observedGeneration: 9 }
    expect(phaseIn(ahead).phase).toBe('hibernating')
  })
})

describe('words that are not in the contract', () => {
  it.each(['Failed', 'FAILED', 'failed'])('reads %s in any case (contract 11.3)', (word) => {
    expect(phaseIn({ ...booting, ...saying(word) }).phase).toBe('failed')
  })

  it.each([
    'constructor',
    '__proto__',
    'toString',
    'pausing',
    ' ready',
    'ready\0',
    '\u{d800}',
    'x'.repeat(512),
  ])('shows the unknown state %j as unknown', (word) => {
    expect(phaseIn({ ...up, ...saying(word) })).toEqual({
      phase: 'unknown',
      since: null,
      message: `lifecycle state “${word}” is not known`,
    })
  })

  it.each(['constructor', '__proto__', 'Maybe'])('takes the Ready status %j for not ready', (ready) => {
    const { phase, message } = phaseIn({ ...up, ready, ...saying('ready') })
    expect([phase, message]).toEqual(['unreachable', 'its pod does not say whether it is ready'])
  })

  it.each<[Partial<PodFacts>, VmPhase, string]>([
    [{ ...up, podPhase: 'Unknown', ...saying('ready') }, 'unknown', 'its node does not answer'],
    [{ ...up, podPhase: 'Unknown', podMessage: 'Node lost' }, 'unknown', 'Node lost'],
    [
      { ...up, podPhase: 'Succeeded', ...saying('ready') },
      'unknown',
      'the pod has ended (Succeeded) and is not being deleted',
    ],
    [{ ...up, podPhase: 'Succeeded', ...saying('failed') }, 'failed', ''],
  ])('case %#', (facts, phase, message) => {
    expect(phaseIn(facts)).toMatchObject({ phase, message })
  })
})

describe('what the set says of all its VMs is not what one VM does (contract 11.4 to 11.6)', () => {
  it.each<[string, Partial<PodFacts>, Partial<PhaseContext>, VmPhase]>([
    [
      'a Pending set whose main sleeps',
      { ...asleep, ...saying('hibernated') },
      { set: { phase: 'Pending' } },
      'hibernated',
    ],
    ['a Scaling set', { ...up, ...saying('ready') }, { set: { phase: 'Scaling' } }, 'ready'],
    ['a Failed set', { ...up, ...saying('ready') }, { set: { phase: 'Failed' } }, 'ready'],
    [
      'a Suspending set, not yet asked',
      { ...up, ...saying('ready') },
      { set: { phase: 'Suspending' } },
      'ready',
    ],
    [
      'a request that failed and may be retried',
      { ...fallingAsleep, ...saying('hibernating') },
      { hibernation: asked('Hibernate', 'Failed') },
      'hibernating',
    ],
    [
      'a request that is withdrawn: the running transition ends first',
      { ...up, ...saying('hibernating') },
      { hibernation: asked('Wake', 'Hibernating') },
      'hibernating',
    ],
    ['a set without a phase', unscheduled, { set: { phase: '' } }, 'scheduling'],
  ])('%s', (_, facts, context, phase) => {
    expect(phaseIn(facts, context).phase).toBe(phase)
  })

  it('has a word for every combination of what can be said', () => {
    const words: ReadonlySet<string> = new Set(VM_PHASES)
    const said = new Set<string>()
    for (const situation of Object.values(SITUATIONS)) {
      for (const state of ['', 'creating', 'ready', 'hibernating', 'hibernated', 'Failed', 'x']) {
        for (const observedGeneration of [2, 3]) {
          for (const podPhase of ['', 'Pending', 'Running', 'Succeeded', 'Failed', 'Unknown', 'Odd']) {
            for (const before of [null, ...VM_PHASES]) {
              const verdict = phaseIn(
                { ...situation, podPhase, lifecycleState: state, observedGeneration },
                { before },
              )
              said.add(verdict.phase)
              expect(verdict.since === null || verdict.since !== '').toBe(true)
            }
          }
        }
      }
    }
    expect([...said].filter((word) => !words.has(word))).toEqual([])
    expect(said.size).toBeGreaterThan(7)
  })
})
