import { describe, expect, it } from 'vitest'
import { ANNOTATION_HIBERNATED_ON_NODE } from '../../lib/cocoon/keys.ts'
import { NODE, readyPods, sleepingPod, stateOf, webSet } from '../testing/objects.ts'
import { brief, main, phased, plan } from '../testing/set-plans.ts'
import { planSet } from './plan-set.ts'
import { agentPod } from '../../lib/fleet/drift/pod-shape.ts'
import type { SetState } from './set-state.ts'

describe('suspension', () => {
  const set = webSet({ suspend: true, agent: { replicas: 1 } })
  const asleep = [sleepingPod(main(set)), sleepingPod(agentPod(set, 1, NODE))]
  it('asks every pod to sleep', () => {
    expect(plan(stateOf(set, readyPods(set)))).toEqual([
      'annotate web-0 hibernate=true',
      'annotate web-1 hibernate=true',
      'status Suspending',
    ])
  })
  const waits: [string, SetState][] = [
    ['while a tag is missing', stateOf(set, asleep, {}, asleep.slice(0, 1))],
    [
      'while a state belongs to an older generation',
      stateOf({ ...set, metadata: { ...set.metadata, generation: 4 } }, asleep, {}, asleep),
    ],
  ]
  it.each(waits)('goes on %s', (_, state) => expect(plan(state)).toContain('status Suspending'))
  it('is confirmed by state, generation and tag', () => {
    expect(plan(stateOf(set, asleep, {}, asleep))).toEqual(['status Suspended'])
  })
  it('lets the seats go under the release policy', () => {
    const released = webSet({ suspend: true, hibernatePolicy: 'release' })
    const pods = [sleepingPod(main(released))]
    expect(plan(stateOf(released, pods, {}, pods))).toEqual([
      'annotate set delete-vm-names=vk-team-web-0',
      `annotate set hibernated-on-node=${NODE}`,
      'annotate web-0 keep-snapshot-on-delete=true',
      'deletePod web-0',
      'status Suspended',
    ])
  })
  it('ends by restoring the main agent near where it slept', () => {
    const awake = phased('Suspended', webSet({ hibernatePolicy: 'release' }), [])
    const hinted = {
      ...awake,
      metadata: { ...awake.metadata, annotations: { [ANNOTATION_HIBERNATED_ON_NODE]: NODE } },
    }
    const found = planSet(stateOf(hinted, [], {}, [main(awake)]))
    expect(found.actions.map(brief)).toEqual(['status Waking', 'createPod web-0'])
    expect(found.actions[1]).toMatchObject({
      pod: {
        metadata: { annotations: { 'vm.cocoonstack.io/restore-from-hibernate': 'true' } },
        spec: {
          affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100 }] } },
        },
      },
    })
  })
})
