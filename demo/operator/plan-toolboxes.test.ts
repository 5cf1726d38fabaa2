import { describe, expect, it } from 'vitest'
import type { ToolboxSpec } from '../../lib/cocoon/crd.ts'
import { failedPod, readyPod, readyPods, stateOf, webSet } from '../testing/objects.ts'
import { plan } from '../testing/set-plans.ts'
import { toolboxPod } from '../../lib/fleet/drift/pod-shape.ts'

const box = (name: string, more: ToolboxSpec = {}): ToolboxSpec => ({ name, image: 'tools:1', ...more })
const screen = (more: ToolboxSpec = {}): ToolboxSpec => ({
  name: 'screen',
  mode: 'static',
  staticIP: '10.9.9.9',
  staticVMID: 'desk-1',
  vncPort: 5901,
  ...more,
})
/** The plan for a set that wants some toolboxes and has the pods of others. */
function planned(wanted: ToolboxSpec[], standing: ToolboxSpec[] = []) {
  const set = webSet({ agent: { replicas: 1 }, toolboxes: wanted })
  const pods = standing.map((each) => readyPod(toolboxPod(set, each)))
  return plan(stateOf(set, [...readyPods(set), ...pods]))
}

describe('toolboxes', () => {
  const cases: [string, ToolboxSpec[], ToolboxSpec[], string[]][] = [
    ['are created', [box('a')], [], ['createPod web-a']],
    ['are left alone', [box('a')], [box('a')], ['status Running']],
    ['are replaced when they drift', [box('a', { image: 'tools:2' })], [box('a')], ['deletePod web-a']],
    ['are replaced when their mode changes', [box('a', { mode: 'clone' })], [box('a')], ['deletePod web-a']],
    [
      'are replaced when a static VM is another',
      [screen({ staticIP: '10.9.9.8' })],
      [screen()],
      ['deletePod web-screen'],
    ],
    ['go when the spec no longer has them', [], [box('a')], ['deletePod web-a']],
    ['may not share a name', [box('a'), box('a')], [], ['fail duplicate toolbox name "a"']],
    [
      'may not be called as a slot',
      [box('7')],
      [],
      ['fail toolbox name "7" is an integer, as agent slots are'],
    ],
    [
      'may not be called as a slot in any spelling',
      [box('007')],
      [],
      ['fail toolbox name "007" is an integer, as agent slots are'],
    ],
  ]
  it.each(cases)('%s', (_, wanted, standing, actions) => expect(planned(wanted, standing)).toEqual(actions))

  it('are recreated at once, as often as they fail', () => {
    const set = webSet({ toolboxes: [box('a')] })
    const failed = failedPod(toolboxPod(set, box('a')))
    expect(plan(stateOf(set, [...readyPods(set), failed]))).toEqual(['deletePod web-a'])
  })
  it('may not take the name of an agent', () => {
    // The pod of a slot whose label somebody changed keeps its name.
    const set = webSet({ agent: { replicas: 1 }, toolboxes: [box('x')] })
    const [main, fork] = readyPods(set)
    const renamed = { ...fork, metadata: { ...fork?.metadata, name: 'web-x' } }
    expect(plan(stateOf(set, [main ?? {}, renamed]))).toEqual([
      'fail toolbox pod web-x exists and is not a toolbox',
    ])
  })
  it('do not keep forks from being looked after', () => {
    const set = webSet({ agent: { replicas: 1 }, toolboxes: [box('a'), box('a')] })
    expect(plan(stateOf(set, readyPods(set).slice(0, 1)))).toEqual([
      'createPod web-1',
      'fail duplicate toolbox name "a"',
    ])
  })
})
