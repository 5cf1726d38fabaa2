import { describe, expect, it } from 'vitest'
import { ago, anAgent, aSet, NOW } from '../../lib/fleet/arrange.fixture.ts'
import type { VmHibernation } from '../../lib/fleet/vm.ts'
import { askedWords } from './asked-words.ts'

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

describe('askedWords', () => {
  it.each([
    [null, null],
    [asks('Hibernate', ''), 'Asked for hibernation, waiting for the cluster.'],
    [asks('Hibernate', 'Pending'), 'Asked for hibernation 2 min ago, waiting for the cluster.'],
    [asks('Hibernate', 'Pending', { since: null }), 'Asked for hibernation, waiting for the cluster.'],
    [
      asks('Hibernate', 'Hibernating'),
      'Asked for hibernation, which began 2 min ago, waiting for the cluster. The operator gives up after 3 minutes.',
    ],
    [asks('Hibernate', 'Hibernated'), null],
    [asks('Hibernate', 'Active'), 'Asked for hibernation, waiting for the cluster.'],
    [asks('Hibernate', 'Waking'), 'Asked for hibernation: waking finishes first.'],
    [
      asks('Hibernate', 'Failed', { message: 'no registry' }),
      'Asked for hibernation, which failed 2 min ago: no registry.',
    ],
    [
      asks('Wake', 'Waking'),
      'Asked to wake, which began 2 min ago, waiting for the cluster. The operator gives up after 5 minutes.',
    ],
    [asks('Wake', 'Hibernated'), 'Asked to wake, waiting for the cluster.'],
    [asks('Wake', 'Active'), null],
    [asks('Wake', 'Hibernated', { deletedAt: ago(1) }), null],
    [asks('constructor', 'Pending'), null],
  ])('of the request %o says %s', (hibernation, expected) => {
    expect(askedWords(anAgent('web', 1, { hibernation }), aSet('web'), 1, NOW)).toBe(expected)
  })

  it('says first that a pod was asked to go', () => {
    const vm = anAgent('web', 1, { deletedAt: ago(1), hibernation: asks('Wake', 'Pending') })
    expect(askedWords(vm, null, 1, NOW)).toBe('Its pod was asked to go 1 min ago, waiting for the cluster.')
  })

  it.each([
    [0, { replicas: 3 }, 1, '3 sub-agents asked for, 1 there so far, waiting for the cluster.'],
    [0, { replicas: 3 }, 3, null],
    [0, { replicas: 1 }, 3, null],
    [1, { replicas: 3 }, 1, null],
    [0, { replicas: 3, suspend: true }, 1, null],
    [0, { replicas: 3, deletedAt: ago(1) }, 1, null],
  ])('slot %i of the set %o with %i sub-agents says %s', (slot, set, there, expected) => {
    expect(askedWords(anAgent('web', slot), aSet('web', set), there, NOW)).toBe(expected)
  })
})
