import { describe, expect, it } from 'vitest'
import { anAgent, aSet, aVm } from './arrange.fixture.ts'
import { facetsOf } from './summary-facets.ts'
import { desiredVms, setState } from './summary-set.ts'
import type { PhaseCounts } from './summary.ts'
import { countPhases, noCounts, phaseBar, phaseTiles, worstPhase } from './summary.ts'

const counts = (some: Partial<PhaseCounts>): PhaseCounts => ({ ...noCounts(), ...some })

describe('counts', () => {
  it('make tiles: the common ones always, the rare ones when there are some', () => {
    expect(phaseTiles(noCounts()).map(({ phase }) => phase)).toEqual([
      'ready',
      'creating',
      'hibernating',
      'hibernated',
      'unreachable',
      'failed',
      'scheduling',
    ])
    expect(phaseTiles(counts({ waking: 2 }))).toContainEqual({ phase: 'waking', count: 2 })
  })

  it('make a bar without empty parts', () => {
    const vms = [aVm({ name: 'a' }), aVm({ name: 'b', phase: 'failed' }), aVm({ name: 'c' })]
    expect(phaseBar(countPhases(vms))).toEqual([
      { phase: 'ready', count: 2 },
      { phase: 'failed', count: 1 },
    ])
  })

  it.each<[Partial<PhaseCounts>, string | null]>([
    [{}, null],
    [{ ready: 5, hibernated: 2 }, 'ready'],
    [{ hibernated: 2 }, 'hibernated'],
    [{ ready: 5, creating: 1 }, 'creating'],
    [{ ready: 5, unreachable: 1, failed: 1 }, 'failed'],
  ])('of %j are worst at %s', (some, phase) => {
    expect(worstPhase(counts(some))).toBe(phase)
  })
})

describe('facetsOf', () => {
  it('counts values, the most frequent first, without empty ones', () => {
    const facets = facetsOf([
      anAgent('a', 0),
      anAgent('a', 1),
      aVm({ name: '__proto__', namespace: '__proto__', node: '' }),
    ])
    expect(facets.ns).toEqual([
      { value: 'research', count: 2 },
      { value: '__proto__', count: 1 },
    ])
    expect(facets.node).toEqual([{ value: 'node-a1', count: 2 }])
    expect(facets.vnc).toEqual([{ value: 'no', count: 3 }])
  })
})

describe('setState', () => {
  it.each<[string, Partial<PhaseCounts>, number, string, string]>([
    ['Running', { ready: 2 }, 2, 'ready', 'Running'],
    ['Suspended', { hibernated: 2 }, 2, 'hibernated', 'Suspended'],
    ['Pending', { creating: 1 }, 1, 'creating', 'Pending'],
    ['Pending', { hibernated: 2 }, 2, 'hibernated', 'Hibernated'],
    ['Scaling', { hibernated: 1, ready: 1 }, 2, 'ready', 'Partly hibernated'],
    ['Scaling', { hibernated: 1, creating: 1 }, 2, 'creating', 'Scaling'],
    ['', {}, 0, 'scheduling', 'New'],
    ['Levitating', {}, 0, 'unknown', 'Levitating'],
    ['__proto__', {}, 0, 'unknown', '__proto__'],
    ['toString', {}, 0, 'unknown', 'toString'],
  ])('%j with %j', (phase, some, total, look, word) => {
    expect(setState(aSet('a', { phase }), counts(some), total)).toEqual({ look, word })
  })

  it('says that a set is being deleted', () => {
    const set = aSet('a', { phase: 'Running', deletedAt: '2026-11-23T12:00:00Z' })
    expect(setState(set, noCounts(), 0).look).toBe('deleting')
  })

  it('counts the main agent, which replicas do not', () => {
    expect(desiredVms(aSet('a', { replicas: 3, toolboxes: 2 }))).toBe(6)
  })
})
