import { describe, expect, it } from 'vitest'
import { FINALIZER_COCOON_HIBERNATION } from '../../lib/cocoon/component-keys.ts'
import type { CocoonHibernation } from '../../lib/cocoon/crd.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { NOW, readyPod, sleepingPod, webSet } from '../testing/objects.ts'
import {
  hibernationStatus,
  planHibernation,
  type HibernationAction,
  type HibernationState,
} from './plan-hibernation.ts'
import { agentPod } from '../../lib/fleet/drift/pod-shape.ts'

const VM = 'vk-team-web-0'
const awake = readyPod(agentPod(webSet(), 0))
const asleep = sleepingPod(agentPod(webSet(), 0))

function wish(desire: string, phase?: Parameters<typeof hibernationStatus>[1]): CocoonHibernation {
  const hibernation: CocoonHibernation = {
    metadata: { name: 'web-0', namespace: 'team', generation: 1, finalizers: [FINALIZER_COCOON_HIBERNATION] },
    spec: { podRef: { name: 'web-0' }, desire },
  }
  if (phase === undefined) return hibernation
  return { ...hibernation, status: hibernationStatus(hibernation, phase, phase, VM, NOW) }
}
function state(
  hibernation: CocoonHibernation,
  pod?: Pod,
  more: Partial<HibernationState> = {},
): HibernationState {
  return { hibernation, pod, tracked: false, hasTag: () => pod === asleep, now: NOW, since: () => 0, ...more }
}
function brief(action: HibernationAction): string {
  switch (action.do) {
    case 'hibernatePod':
      return action.on ? 'sleep' : 'wake'
    case 'status':
      return `${action.status.phase ?? ''}: ${action.status.conditions?.[0]?.message ?? ''}`
    case 'deleteTag':
      return `deleteTag ${action.vmName}:${action.tag}`
    case 'event':
      return action.event.reason
    case 'finalizers':
      return `finalizers ${action.finalizers.length}`
  }
}
const late = { since: () => 600_000 }
const deleted = (hibernation: CocoonHibernation) => ({
  ...hibernation,
  metadata: { ...hibernation.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' },
})
const unfinished = { ...wish('Hibernate'), metadata: { name: 'web-0', namespace: 'team' } }
const restamped = {
  ...asleep,
  metadata: { ...asleep.metadata, annotations: { ...asleep.metadata?.annotations } },
}
restamped.metadata.annotations['cocoonset.cocoonstack.io/generation'] = '4'

const NOT_CONFIRMED = 'hibernate not confirmed within 3m0s'
const NOT_WOKEN = 'wake timed out after 5m0s; vk-cocoon never reported the container running'

describe('planHibernation', () => {
  const cases: [string, HibernationState, string[]][] = [
    ['adds its finalizer', state(unfinished, awake), ['finalizers 1']],
    ['waits for its pod', state(wish('Hibernate')), ['Pending: pod team/web-0 not yet present']],
    ['is not shaken by a missing pod while it sleeps', state(wish('Hibernate', 'Hibernated')), []],
    ['is not shaken by a missing pod while it wakes', state(wish('Wake', 'Waking')), []],
    ['starts to sleep', state(wish('Hibernate'), awake), ['Hibernating: Hibernating', 'sleep']],
    ['waits for the tag', state(wish('Hibernate', 'Hibernating'), asleep, { hasTag: () => false }), []],
    [
      'is confirmed',
      state(wish('Hibernate', 'Hibernating'), asleep),
      ['Hibernated: Hibernated', 'Hibernated'],
    ],
    ['stays as it is', state(wish('Hibernate', 'Hibernated'), asleep), []],
    [
      'wants proof of the newest generation',
      state(wish('Hibernate', 'Hibernating'), restamped, { hasTag: () => true }),
      [],
    ],
    [
      'needs no new proof once it sleeps',
      state(wish('Hibernate', 'Hibernated'), restamped, { hasTag: () => true }),
      [],
    ],
    [
      'gives up after three minutes',
      state(wish('Hibernate', 'Hibernating'), awake, late),
      [`Failed: ${NOT_CONFIRMED}`, 'HibernateTimedOut'],
    ],
    [
      'is retried when something moves',
      state(wish('Hibernate', 'Failed'), awake),
      ['RetryRequested', 'Hibernating: Hibernating', 'sleep'],
    ],
    ['starts to wake', state(wish('Wake', 'Hibernated'), asleep), ['Waking: Waking', 'wake']],
    [
      'is active when the VM lives',
      state(wish('Wake', 'Waking'), awake),
      [`deleteTag ${VM}:hibernate`, 'Active: Active', 'WokenActive'],
    ],
    [
      'finds a running VM active at once',
      state(wish('Wake'), awake),
      [`deleteTag ${VM}:hibernate`, 'Active: Active', 'WokenActive'],
    ],
    ['finishes sleeping before it wakes', state(wish('Wake', 'Hibernating'), awake), ['sleep']],
    ['finishes waking before it sleeps', state(wish('Hibernate', 'Waking'), asleep), ['wake']],
    ['refuses an unknown wish', state(wish('Dance'), awake), ['Failed: unknown desire "Dance"']],
    [
      'takes its tag along when it is deleted',
      state(deleted(wish('Hibernate', 'Hibernated')), asleep),
      [`deleteTag ${VM}:hibernate`, 'finalizers 0'],
    ],
    [
      'leaves the tag to another object that tracks the VM',
      state(deleted(wish('Hibernate', 'Hibernated')), asleep, { tracked: true }),
      ['finalizers 0'],
    ],
  ]
  it.each(cases)('%s', (_, given, wanted) => {
    expect(planHibernation(given).actions.map(brief)).toEqual(wanted)
  })

  it('gives up waking after five minutes', () => {
    const stuck = readyPod(agentPod(webSet(), 0))
    const given = state(wish('Wake', 'Waking'), { ...stuck, status: { phase: 'Pending' } }, late)
    expect(planHibernation(given).actions.map(brief)).toEqual([`Failed: ${NOT_WOKEN}`, 'WakeTimedOut'])
  })
  it('restarts the clock when it enters a transition', () => {
    const later = NOW + 60_000
    const sleeping = hibernationStatus(wish('Hibernate', 'Pending'), 'Hibernating', '', VM, later)
    expect(sleeping.conditions?.[0]?.lastTransitionTime).toBe('2026-01-01T00:01:00Z')
    const still = hibernationStatus(wish('Hibernate', 'Hibernating'), 'Hibernating', '', VM, later)
    expect(still.conditions?.[0]?.lastTransitionTime).toBe('2026-01-01T00:00:00Z')
  })
})
