import { describe, expect, it } from 'vitest'
import { aSet } from './arrange.fixture.ts'
import { joinVm } from './join-vm.ts'
import { phaseOf } from './phase-of.ts'
import type { PhaseContext, PodFacts } from './phase-of.ts'
import {
  asked,
  CREATED,
  NO_CONTEXT,
  podFacts,
  saying,
  SCHEDULED,
  SITUATIONS,
  TURNED,
} from './phase.fixture.ts'
import { projectHibernation } from './project-hibernation.ts'
import { projectPod } from './project-pod.ts'
import type { PodRow } from './project-pod.ts'
import { aHibernation, aPod } from './objects.fixture.ts'

const { unscheduled, created, up, lost, asleep, fallingAsleep } = SITUATIONS

const sinceIn = (facts: Partial<PodFacts>, context: Partial<PhaseContext> = {}) =>
  phaseOf(podFacts(facts), { ...NO_CONTEXT, ...context }).since

describe('since when, where the cluster tells', () => {
  it.each<[string, Partial<PodFacts>, Partial<PhaseContext>, string | null]>([
    ['scheduling: since the pod is there', unscheduled, {}, CREATED],
    ['creating: since it has its node', created, {}, SCHEDULED],
    ['creating: bound by the operator', { node: 'n', ...saying('creating') }, {}, CREATED],
    ['creating again, after it was up', { ...created, ...saying('creating') }, { before: 'ready' }, null],
    ['creating again, after a failure', { ...created, ...saying('creating') }, { before: 'failed' }, null],
    ['ready: since the condition turned', { ...up, ...saying('ready') }, {}, TURNED],
    ['unreachable: likewise', { ...lost, ...saying('ready') }, {}, TURNED],
    ['waking on request', created, { hibernation: asked('Wake', 'Waking') }, TURNED],
    ['waking on request, no time', created, { hibernation: asked('Wake', 'Waking', null) }, null],
    ['waking with its set', created, { set: { phase: 'Waking' } }, null],
    [
      'hibernating on request',
      { ...fallingAsleep, ...saying('hibernating') },
      { hibernation: asked('Hibernate', 'Hibernating') },
      TURNED,
    ],
    ['hibernating with its set', { ...fallingAsleep, ...saying('hibernating') }, {}, null],
    [
      'hibernated on request',
      { ...asleep, ...saying('hibernated') },
      { hibernation: asked('Hibernate', 'Hibernated') },
      TURNED,
    ],
    [
      'hibernated before its request knows',
      { ...asleep, ...saying('hibernated') },
      { hibernation: asked('Hibernate', 'Hibernating') },
      null,
    ],
    [
      'deleting: since it was asked',
      { ...up, deletedAt: '2026-01-01T11:00:00.000Z' },
      {},
      '2026-01-01T11:00:00.000Z',
    ],
    ['nothing readable', { createdAt: '' }, {}, null],
  ])('%s', (_, facts, context, since) => {
    expect(sinceIn(facts, context)).toBe(since)
  })
})

const podRow = (facts: Partial<PodFacts>): PodRow => {
  const row = projectPod(aPod({ name: 'web-0', set: 'web' }))
  if (row === null) throw new Error('the sample pod is not taken for a VM')
  const { deletedAt, createdAt, managed, vmID, node, hibernateRequested, generation, ...more } =
    podFacts(facts)
  const { observedGeneration, readySince, scheduledSince, role: _, ...words } = more
  const own = {
    deletedAt,
    createdAt,
    managed,
    vmID,
    node,
    hibernateRequested,
    generation,
    observedGeneration,
  }
  return { ...row, columns: { ...row.columns, ...own }, words, readySince, scheduledSince }
}

const FIRST = Date.UTC(2026, 0, 1, 12)
const LATER = Date.UTC(2026, 0, 1, 13)

describe('joinVm', () => {
  const sleeping = podRow({ ...asleep, ...saying('hibernated') })
  const goingToSleep = podRow({ ...fallingAsleep, ...saying('hibernating') })

  it('does not invent when a phase began that was there before this process', () => {
    const first = joinVm(sleeping, null, null, null, FIRST)
    expect(first.phaseSince).toBeNull()
    expect(joinVm(sleeping, null, null, first, LATER).phaseSince).toBeNull()
  })

  it('remembers when it saw a phase turn, for as long as the phase stays', () => {
    const before = joinVm(goingToSleep, null, null, null, FIRST)
    const turned = joinVm(sleeping, null, null, before, FIRST)
    expect(turned).toMatchObject({ phase: 'hibernated', phaseSince: new Date(FIRST).toISOString() })
    expect(joinVm(sleeping, null, null, turned, LATER).phaseSince).toBe(turned.phaseSince)
  })

  it('prefers what the cluster tells to what it saw', () => {
    const before = joinVm(podRow(created), null, null, null, FIRST)
    const ready = podRow({ ...up, ...saying('ready') })
    expect(joinVm(ready, null, null, before, LATER).phaseSince).toBe(TURNED)
  })

  it('takes the migration from its own set', () => {
    expect(joinVm(sleeping, aSet('web', { phase: 'Migrating' }), null, null, FIRST).phase).toBe('migrating')
  })

  it('shows what is asked for, and its unreadable fields with the VM', () => {
    const hibernation = projectHibernation(
      aHibernation({ pod: 'web-0', phase: 'Failed', message: 'timed out' }),
    )
    const vm = joinVm(sleeping, null, hibernation, null, FIRST)
    expect(vm.hibernation).toEqual({
      uid: 'uid-ch-web-0',
      name: 'web-0',
      desire: 'Hibernate',
      phase: 'Failed',
      since: TURNED,
      message: 'timed out',
      deletedAt: null,
    })
    expect(vm.problems).toEqual([])
    const broken = projectHibernation({ ...aHibernation({ pod: 'web-0' }), status: { phase: 7 } })
    expect(joinVm(sleeping, null, broken, null, FIRST).problems).toEqual([
      'CocoonHibernation: status.phase is 7, which is not text',
    ])
  })
})
