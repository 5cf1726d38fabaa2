import { describe, expect, it } from 'vitest'
import {
  ANNOTATION_DEAD_LETTER,
  ANNOTATION_DELETE_VM_NAMES,
  ANNOTATION_REBUILD_HISTORY,
  FINALIZER_COCOON_SET,
} from '../../lib/cocoon/component-keys.ts'
import type { CocoonHibernation, CocoonSet, CocoonSetSpec } from '../../lib/cocoon/crd.ts'
import { ANNOTATION_HIBERNATED_ON_NODE } from '../../lib/cocoon/keys.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import {
  NOW,
  readyPod,
  readyPods,
  failedPod,
  NODE,
  sleepingPod,
  stateOf,
  webSet,
} from '../testing/objects.ts'
import { planSet } from './plan-set.ts'
import { agentPod, toolboxPod } from './pod-shape.ts'
import type { SetAction, SetState } from './set-state.ts'
import { statusOf, type SetPhase } from './set-status.ts'

/** One action as a short text. */
function brief(action: SetAction): string {
  switch (action.do) {
    case 'createPod':
    case 'deletePod':
      return `${action.do} ${action.pod.metadata?.name ?? ''}`
    case 'annotatePod':
      return `annotate ${action.pod.metadata?.name ?? ''} ${briefAnnotations(action.annotations)}`
    case 'annotateSet':
      return `annotate set ${briefAnnotations(action.annotations)}`
    case 'status':
      return `status ${action.status.phase ?? ''}`
    case 'deleteTag':
      return `deleteTag ${action.vmName}:${action.tag}`
    case 'event':
      return `event ${action.event.reason}`
    case 'finalizers':
      return `finalizers ${action.finalizers.join(',')}`
  }
}
const briefAnnotations = (annotations: Record<string, string | null>) =>
  Object.entries(annotations)
    .map(([key, value]) => `${key.slice(key.indexOf('/') + 1)}=${value ?? 'null'}`)
    .join(' ')
const plan = (state: SetState) => planSet(state).actions.map(brief)
/** The set as it is once its status says this phase. */
const phased = (phase: SetPhase, set: CocoonSet, pods: Pod[]): CocoonSet => ({
  ...set,
  status: statusOf(set, pods, phase, NOW),
})
const hibernation = (pod: string, desire: string, phase: string): [string, CocoonHibernation] => [
  pod,
  { spec: { podRef: { name: pod }, desire }, status: { phase } },
]
const main = (set: CocoonSet) => agentPod(set, 0)
const without = (set: CocoonSet, finalizers: string[]) => ({
  ...set,
  metadata: { ...set.metadata, finalizers },
})

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

describe('a sub-agent that failed', () => {
  const set = webSet({ agent: { replicas: 1 } })
  const pods = [readyPod(main(set)), failedPod(agentPod(set, 1, NODE))]
  const after = (count: number) => ({
    ...set,
    metadata: {
      ...set.metadata,
      annotations: {
        [ANNOTATION_REBUILD_HISTORY]: `{"1":{"count":${count},"lastDeleted":"2026-01-01T00:00:00Z"}}`,
      },
    },
  })
  const rebuilding = ['event SubAgentRebuilding', 'deletePod web-1']
  const cases: [string, CocoonSet, number, string[], number | undefined][] = [
    ['is rebuilt at once', set, 0, rebuilding, undefined],
    ['waits a second before the second time', after(1), 400, ['status Scaling'], 600],
    ['is rebuilt after that second', after(1), 1000, rebuilding, undefined],
    ['waits thirty seconds before the fourth time', after(3), 29_000, ['status Scaling'], 1000],
    [
      'is given up after four',
      after(4),
      0,
      ['annotate web-1 dead-letter=true', 'event SubAgentDeadLetter'],
      undefined,
    ],
  ]
  it.each(cases)('%s', (_, state, since, wanted, again) => {
    const found = planSet(stateOf(state, pods, { since: () => since }))
    expect(found.actions.map(brief).filter((text) => !text.startsWith('annotate set'))).toEqual(wanted)
    expect(found.again).toBe(again)
  })
  it('writes its count before it is deleted', () => {
    expect(plan(stateOf(after(2), pods, { since: () => 5000 }))[0]).toBe(
      'annotate set rebuild-history={"1":{"count":3,"lastDeleted":"2026-01-01T00:00:00Z"}}',
    )
  })
  it('starts anew with a new spec, even when it was given up', () => {
    const given = { ...pods[1], metadata: { ...pods[1]?.metadata } }
    given.metadata.annotations = { ...given.metadata.annotations, [ANNOTATION_DEAD_LETTER]: 'true' }
    given.metadata.annotations['cocoonset.cocoonstack.io/image'] = 'ubuntu:22.04'
    expect(plan(stateOf(after(4), [readyPod(main(set)), given]))).toEqual([
      'annotate set rebuild-history=null',
      'deletePod web-1',
    ])
  })
})

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

describe('migration', () => {
  const set = webSet({ nodeName: 'node-b' })
  const pods = [readyPod(main(set))]
  const asleep = [sleepingPod(main(set))]
  const moved = [{ ...readyPod(main(set)), spec: { ...pods[0]?.spec, nodeName: 'node-b' } }]
  const moving = (members: Pod[]) => phased('Migrating', set, members)
  const cases: [string, SetState, string[]][] = [
    ['is announced', stateOf(set, pods), ['status Migrating']],
    [
      'drops a stale snapshot first',
      stateOf(set, pods, {}, pods),
      ['status Migrating', 'deleteTag vk-team-web-0:hibernate'],
    ],
    ['puts the main agent to sleep', stateOf(moving(pods), pods), ['annotate web-0 hibernate=true']],
    ['waits for its memory', stateOf(moving(asleep), asleep), []],
    ['lets it go when its memory is safe', stateOf(moving(asleep), asleep, {}, asleep), ['deletePod web-0']],
    ['recreates it', stateOf(moving([]), [], {}, asleep), ['createPod web-0']],
    [
      'settles',
      stateOf(moving(moved), moved, {}, moved),
      ['deleteTag vk-team-web-0:hibernate', 'status Running'],
    ],
    [
      'wakes it where it is when the wish is withdrawn',
      stateOf({ ...moving(asleep), spec: webSet().spec ?? {} }, asleep, {}, asleep),
      ['annotate web-0 hibernate=null'],
    ],
    [
      'is nothing when it is there already',
      stateOf(phased('Running', webSet({ nodeName: NODE }), pods), pods),
      [],
    ],
  ]
  it.each(cases)('%s', (_, state, wanted) => expect(plan(state)).toEqual(wanted))
})

describe('deletion', () => {
  const set = webSet({ agent: { replicas: 1 }, snapshotPolicy: 'main-only' })
  const leaving = { ...set, metadata: { ...set.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } }
  it('remembers the VM names and deletes the pods', () => {
    expect(plan(stateOf(leaving, readyPods(set)))).toEqual([
      'annotate set delete-vm-names=vk-team-web-0,vk-team-web-1',
      'deletePod web-0',
      'deletePod web-1',
    ])
  })
  it('removes the tags that the policy does not keep, then the finalizer', () => {
    const annotations = { [ANNOTATION_DELETE_VM_NAMES]: 'vk-team-web-0,vk-team-web-1' }
    expect(plan(stateOf({ ...leaving, metadata: { ...leaving.metadata, annotations } }, []))).toEqual([
      'deleteTag vk-team-web-0:hibernate',
      'deleteTag vk-team-web-1:hibernate',
      'deleteTag vk-team-web-1:latest',
      'finalizers ',
    ])
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
