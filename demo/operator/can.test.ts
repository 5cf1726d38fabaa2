import { describe, expect, it } from 'vitest'
import { FINALIZER_COCOON_HIBERNATION } from '../../lib/cocoon/component-keys.ts'
import type { CocoonHibernation, CocoonSet, CocoonSetSpec } from '../../lib/cocoon/crd.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { can } from '../../lib/fleet/can/can.ts'
import type { SetSubject } from '../../lib/fleet/can/subjects.ts'
import { joinVm } from '../../lib/fleet/join-vm.ts'
import { projectHibernation } from '../../lib/fleet/project-hibernation.ts'
import { projectPod } from '../../lib/fleet/project-pod.ts'
import { projectSet } from '../../lib/fleet/project-set.ts'
import {
  failedPod,
  NODE,
  NOW,
  readyPod,
  readyPods,
  sleepingPod,
  stateOf,
  webSet,
} from '../testing/objects.ts'
import { main, phased, plan } from '../testing/set-plans.ts'
import { planHibernation } from './plan-hibernation.ts'
import { agentPod } from '../../lib/fleet/drift/pod-shape.ts'

/** What the dashboard makes of the operator's own objects. */
function seen(set: CocoonSet, pods: Pod[], requests: CocoonHibernation[] = []): SetSubject {
  const row = projectSet(set)
  const vms = pods.flatMap((pod) => {
    const request = requests.find(({ spec }) => spec?.podRef?.name === pod.metadata?.name)
    const projected = projectPod(pod)
    return projected === null
      ? []
      : [joinVm(projected, row, request === undefined ? null : projectHibernation(request), null, NOW)]
  })
  return { set: row, vms, nodes: [] }
}

const withSpec = (set: CocoonSet, change: CocoonSetSpec): CocoonSet => ({
  ...set,
  spec: { ...set.spec, ...change, agent: { ...set.spec?.agent, ...change.agent } },
})

describe('a fork that the dashboard', () => {
  const set = webSet()
  const forked = (pods: Pod[], change: CocoonSetSpec = {}) => {
    const before = withSpec(set, change)
    const verdict = can.fork(seen(before, pods), { count: 1 })
    return [
      verdict.ok,
      plan(stateOf(withSpec(before, { agent: { replicas: 1 } }), pods)).includes('createPod web-1'),
    ]
  }

  it('allows is made by the operator', () => {
    expect(forked([readyPod(main(set))])).toEqual([true, true])
  })

  it.each<[string, Pod[], CocoonSetSpec]>([
    ['there is no main agent', [], {}],
    ['the main agent is not ready', [main(set)], {}],
    ['the main agent sleeps', [sleepingPod(main(set))], {}],
    ['the main agent has failed', [failedPod(main(set))], {}],
    ['the set is suspended', [readyPod(main(set))], { suspend: true }],
  ])('denies is not made either, when %s', (_, pods, change) => {
    expect(forked(pods, change)).toEqual([false, false])
  })
})

it('scaling down deletes what the dashboard names, in its order', () => {
  const set = webSet({ agent: { replicas: 3 } })
  const pods = readyPods(set)
  expect(can.scale(seen(set, pods), { replicas: 1 })).toMatchObject({
    ok: true,
    warnings: [expect.stringMatching(/^web-3 and web-2 are deleted/)],
  })
  const deleted = plan(stateOf(withSpec(set, { agent: { replicas: 1 } }), pods))
  expect(deleted).toEqual(['deletePod web-3', 'deletePod web-2'])
})

describe('a request to wake', () => {
  const set = webSet()
  const wish: CocoonHibernation = {
    metadata: { name: 'web-0', namespace: 'team', finalizers: [FINALIZER_COCOON_HIBERNATION] },
    spec: { podRef: { name: 'web-0' }, desire: 'Wake' },
    status: { phase: 'Active' },
  }

  it('and a suspension go on against each other, so the dashboard denies the second of them', () => {
    const suspended = withSpec(set, { suspend: true })
    const asleep = sleepingPod(main(set))
    const state = {
      hibernation: wish,
      pod: asleep,
      tracked: false,
      hasTag: () => true,
      now: NOW,
      since: () => 0,
    }
    const flags = planHibernation(state).actions.filter((action) => action.do === 'hibernatePod')
    expect(flags).toMatchObject([{ on: false }])
    expect(plan(stateOf(suspended, [readyPod(main(set))]))).toContain('annotate web-0 hibernate=true')

    expect(can.suspend(seen(set, [readyPod(main(set))], [wish])).ok).toBe(false)
    const { set: row, vms } = seen(suspended, [asleep])
    const [vm] = vms
    expect(vm && can.wake({ vm, set: row, main: vm, node: null }).ok).toBe(false)
  })
})

it('a failed main agent stops a suspension, which the dashboard denies, until it is restarted', () => {
  const set = phased('Failed', webSet(), [])
  const pods = [failedPod(main(set))]
  expect(can.suspend(seen(set, pods)).ok).toBe(false)
  expect(plan(stateOf(withSpec(set, { suspend: true }), pods))).not.toContain('annotate web-0 hibernate=true')
  const [vm] = seen(set, pods).vms
  expect(vm && can.restart({ vm, set: seen(set, pods).set, main: vm, node: null }).ok).toBe(true)
  expect(plan(stateOf(set, []))).toContain('createPod web-0')
})

it('a sub-agent of a suspended set is not made anew, so the dashboard does not restart it', () => {
  const set = webSet({ suspend: true, agent: { replicas: 1 } })
  const fork = sleepingPod(agentPod(set, 1, NODE))
  const asleep = sleepingPod(main(set))
  const [vm] = seen(set, [fork]).vms
  expect(vm && can.restart({ vm, set: seen(set, []).set, main: null, node: null }).ok).toBe(false)
  expect(plan(stateOf(set, [asleep], {}, [asleep]))).not.toContain('createPod web-1')
})
