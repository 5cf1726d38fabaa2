import { describe, expect, it } from 'vitest'
import { aVm } from '../../lib/fleet/arrange.fixture.ts'
import type { VmHibernation, VmPhase } from '../../lib/fleet/vm.ts'
import { isTyped } from './typed.ts'
import { sleepAction } from './likely.ts'
import { whileLive } from './while-live.ts'

const asked = { desire: 'Hibernate' } as VmHibernation

describe('sleepAction', () => {
  it.each<[VmPhase, VmHibernation | null, string]>([
    ['ready', null, 'hibernate'],
    ['ready', asked, 'wake'],
    ['hibernating', null, 'wake'],
    ['hibernated', null, 'wake'],
    ['waking', null, 'wake'],
    ['failed', null, 'hibernate'],
  ])('of a VM that is %s, with the request %o, is to %s', (phase, hibernation, expected) => {
    expect(sleepAction(aVm({ name: 'a', phase, hibernation }))).toBe(expected)
  })
})

describe('whileLive', () => {
  const allowed = { ok: true, warnings: [], notes: [] } as const

  it('leaves the verdict alone while the page is live', () => {
    expect(whileLive('live', allowed)).toBe(allowed)
  })

  it.each(['connecting', 'stale', 'lost'] as const)('allows nothing while the page is %s', (state) => {
    expect(whileLive(state, allowed).ok).toBe(false)
  })
})

describe('isTyped', () => {
  it.each([
    ['web', 'web', true],
    ['web', 'we', false],
    ['', '', true],
    ['', 'web', true],
  ])('where %j is asked for, %j is %s', (name, typed, expected) => {
    expect(isTyped(name, typed)).toBe(expected)
  })
})
