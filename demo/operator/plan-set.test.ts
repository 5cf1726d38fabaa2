import { describe, expect, it } from 'vitest'
import { FINALIZER_COCOON_SET } from '../../lib/cocoon/component-keys.ts'
import type { CocoonSetSpec } from '../../lib/cocoon/crd.ts'
import { failedPod, NODE, readyPod, readyPods, sleepingPod, stateOf, webSet } from '../testing/objects.ts'
import { hibernation, main, phased, plan, without } from '../testing/set-plans.ts'
import { planSet } from './plan-set.ts'
import { agentPod, toolboxPod } from '../../lib/fleet/drift/pod-shape.ts'
import type { SetState } from './set-state.ts'

describe('a new set', () => {
  const set = webSet({ agent: { replicas: 10 } })
  const cases: [string, SetState, string[]][] = [
    ['gets its finalizer', stateOf(without(set, []), []), [`finalizers ${FINALIZER_COCOON_SET}`]],
    ['gets its main agent', stateOf(set, []), ['createPod web-0', 'status Pending']],
    ['waits for its main agent', stateOf(set, [main(set)]), ['status Pending']],
    [
      'then gets eight forks at a time',
      stateOf(set, [readyPod(main(set))]),
      [1, 2, 3, 4, 5, 6, 7, 8].map((slot) => `createPod web-${slot}`),
    ],
    ['is Running when all are ready', stateOf(set, readyPods(set)), ['status Running']],
    ['is then left alone', stateOf(phased('Running', set, readyPods(set)), readyPods(set)), []],
  ]
  it.each(cases)('%s', (_, state, wanted) => expect(plan(state)).toEqual(wanted))

  it('waits while the old main agent still terminates', () => {
    const leaving = { ...readyPod(main(set)), metadata: { ...main(set).metadata, deletionTimestamp: 'now' } }
    expect(planSet(stateOf(set, [leaving]))).toEqual({ actions: [], again: 5000 })
  })
  it('forks onto the node of its main agent, naming it', () => {
    const [action] = planSet(stateOf(set, [readyPod(main(set))])).actions
    expect(action).toMatchObject({ pod: { spec: { nodeName: NODE } } })
    expect(action).toMatchObject({
      pod: { metadata: { annotations: { 'vm.cocoonstack.io/fork-from': 'vk-team-web-0' } } },
    })
  })
})

describe('a set that is up', () => {
  const up = (spec: CocoonSetSpec = {}) => {
    const set = webSet(spec)
    const pods = readyPods(set)
    return { set: phased('Running', set, pods), pods }
  }
  it('stamps a new generation on its pods, and nothing else', () => {
    const { set, pods } = up({ agent: { replicas: 1 } })
    const edited = { ...set, metadata: { ...set.metadata, generation: 4 } }
    expect(plan(stateOf(edited, pods))).toEqual([
      'annotate web-0 generation=4',
      'annotate web-1 generation=4',
      'status Running',
    ])
  })
  it('removes the highest slots first when it shrinks', () => {
    const { set, pods } = up({ agent: { replicas: 3 } })
    const smaller = { ...set, spec: { ...set.spec, agent: { ...set.spec?.agent, replicas: 1 } } }
    expect(plan(stateOf(smaller, pods))).toEqual(['deletePod web-3', 'deletePod web-2'])
  })
  it('replaces its main agent when the image changes', () => {
    const { set, pods } = up({ agent: { replicas: 1 } })
    const other = { ...set, spec: { ...set.spec, agent: { ...set.spec?.agent, image: 'ubuntu:26.04' } } }
    expect(plan(stateOf(other, pods))).toEqual(['deletePod web-0'])
  })
  it('adds, replaces and removes toolboxes at once', () => {
    const { set, pods } = up({
      toolboxes: [
        { name: 'a', image: 'x:1' },
        { name: 'b', image: 'x:1' },
      ],
    })
    const gone = readyPod(toolboxPod(set, { name: 'old', image: 'x:1' }))
    const broken = failedPod(toolboxPod(set, set.spec?.toolboxes?.[0] ?? {}))
    expect(plan(stateOf(set, [...pods, broken, gone]))).toEqual([
      'deletePod web-a',
      'createPod web-b',
      'deletePod web-old',
    ])
  })
  it('wakes what nothing keeps asleep', () => {
    const { set, pods } = up({ agent: { replicas: 2 } })
    const asleep = [
      ...pods.slice(0, 1),
      ...pods.slice(1).map((_, i) => sleepingPod(agentPod(set, i + 1, NODE))),
    ]
    const hibernations = new Map([hibernation('web-1', 'Hibernate', 'Hibernated')])
    expect(plan(stateOf(set, asleep, { hibernations }))[0]).toBe('annotate web-2 hibernate=null')
    expect(plan(stateOf(set, asleep, { hibernations }))).toContain('status Scaling')
  })
})

describe('a main agent that failed', () => {
  const set = webSet()
  it('fails its set once', () => {
    const pods = [failedPod(main(set))]
    expect(plan(stateOf(set, pods))).toEqual(['status Failed', 'event PodLifecycleFailed'])
    expect(plan(stateOf(phased('Failed', set, pods), pods))).toEqual([])
  })
  it('is replaced when the spec has changed', () => {
    const other = webSet({ agent: { image: 'ubuntu:26.04' } })
    expect(plan(stateOf(other, [failedPod(main(set))]))).toEqual(['deletePod web-0'])
  })
  it('is announced when it is back', () => {
    const pods = readyPods(set)
    expect(plan(stateOf(phased('Failed', set, pods), pods))).toEqual([
      'event RecoveredFromFailure',
      'status Running',
    ])
  })
  it('comes before suspension', () => {
    const suspended = webSet({ suspend: true })
    expect(plan(stateOf(suspended, [failedPod(main(suspended))]))[0]).toBe('status Failed')
  })
})

describe('a main agent that is missing', () => {
  it('is restored when its CocoonHibernation says that it sleeps', () => {
    const set = webSet()
    const hibernations = new Map([hibernation('web-0', 'Hibernate', 'Hibernated')])
    const [action] = planSet(stateOf(set, [], { hibernations }, [main(set)])).actions
    expect(action).toMatchObject({
      pod: { metadata: { annotations: { 'vm.cocoonstack.io/restore-from-hibernate': 'true' } } },
    })
  })
})
