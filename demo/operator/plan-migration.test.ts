import { describe, expect, it } from 'vitest'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { NODE, readyPod, sleepingPod, stateOf, webSet } from '../testing/objects.ts'
import { main, phased, plan } from '../testing/set-plans.ts'
import type { SetState } from './set-state.ts'

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
