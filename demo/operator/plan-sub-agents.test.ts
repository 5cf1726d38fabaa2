import { describe, expect, it } from 'vitest'
import { ANNOTATION_DEAD_LETTER, ANNOTATION_REBUILD_HISTORY } from '../../lib/cocoon/component-keys.ts'
import type { CocoonSet } from '../../lib/cocoon/crd.ts'
import { failedPod, NODE, readyPod, stateOf, webSet } from '../testing/objects.ts'
import { brief, main, plan } from '../testing/set-plans.ts'
import { planSet } from './plan-set.ts'
import { agentPod } from '../../lib/fleet/drift/pod-shape.ts'

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

it('makes eight at a time, of two billion too', () => {
  const many = webSet({ agent: { replicas: 2_147_483_647 } })
  const made = plan(stateOf(many, [readyPod(main(many))])).filter((text) => text.startsWith('createPod'))
  expect(made).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((slot) => `createPod web-${slot}`))
})
