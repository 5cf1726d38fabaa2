import { describe, expect, it } from 'vitest'
import { aFleet, ago, anAgent, aNode, aSet, aToolbox, aVm, NOW } from './arrange.fixture.ts'
import type { ArrangeInput, ArrangeOptions, GroupItem } from './arrange-types.ts'
import { arrange } from './arrange.ts'
import { EMPTY_SEARCH, parseSearch } from './search.ts'

const FLEET = aFleet(
  [
    anAgent('web-10', 0, { phase: 'hibernated' }),
    aToolbox('atlas', 'desk', { image: 'desktop:kde' }),
    anAgent('atlas', 10, { phase: 'creating', node: '' }),
    anAgent('atlas', 2, { createdAt: ago(1) }),
    anAgent('atlas', 0),
    anAgent('web-2', 0, { phase: 'failed', namespace: 'qa', node: 'node-b1' }),
    aVm({ name: 'lone-2', namespace: 'qa' }),
    aVm({ name: 'lone-1', namespace: 'qa' }),
    anAgent('gone', 0, { namespace: 'qa' }),
  ],
  [
    aSet('web-10', { phase: 'Scaling', createdAt: ago(10) }),
    aSet('atlas', { replicas: 3, toolboxes: 1, createdAt: ago(20) }),
    aSet('web-2', { namespace: 'qa', phase: 'Failed' }),
    aSet('empty', { namespace: 'qa', phase: '' }),
  ],
  [aNode('node-a1'), aNode('node-b1', { ready: false }), aNode('node-c1', { schedulable: false })],
)

const OPTIONS: ArrangeOptions = {
  groupBy: 'set',
  sort: { column: 'name', direction: 'asc' },
  search: EMPTY_SEARCH,
  collapsed: new Set<string>(),
  now: NOW,
}

const run = (options: Partial<ArrangeOptions> = {}, fleet: ArrangeInput = FLEET) =>
  arrange(fleet, { ...OPTIONS, ...options })

/** The list as text: `# key`, and VMs indented by their depth. */
const lines = (options: Partial<ArrangeOptions> = {}, fleet: ArrangeInput = FLEET) =>
  run(options, fleet).items.map((item) =>
    item.kind === 'group' ? `# ${item.key}` : `${'  '.repeat(item.depth)}${item.uid.split('/')[1] ?? ''}`,
  )

const group = (key: string, options: Partial<ArrangeOptions> = {}): GroupItem | undefined =>
  run(options).items.find((item): item is GroupItem => item.kind === 'group' && item.key === key)

const keys = (options: Partial<ArrangeOptions>) => lines(options).filter((line) => line.startsWith('#'))

describe('arrange by set', () => {
  it('shows sets in natural order, lineage inside, pods without a set last', () => {
    expect(lines()).toEqual([
      '# research/atlas',
      'atlas-0',
      '  atlas-2',
      '  atlas-10',
      'atlas-desk',
      '# qa/empty',
      '# qa/gone',
      'gone-0',
      '# qa/web-2',
      'web-2-0',
      '# research/web-10',
      'web-10-0',
      '# qa/',
      'lone-1',
      'lone-2',
    ])
  })

  it('tells what a group head shows', () => {
    expect(group('research/atlas')).toMatchObject({
      label: 'atlas',
      namespace: 'research',
      ready: 3,
      desired: 5,
      total: 4,
      shown: 4,
      orphan: false,
      state: { look: 'ready', word: 'Running' },
      createdAt: ago(20),
      marks: [
        { uid: 'research/atlas-0', shape: 'bar' },
        { uid: 'research/atlas-2', shape: 'bar' },
        { uid: 'research/atlas-10', shape: 'bar', phase: 'creating' },
        { uid: 'research/atlas-desk', shape: 'dot' },
      ],
    })
    expect(group('qa/gone')).toMatchObject({ orphan: true, set: null, state: { word: 'Set is gone' } })
    expect(group('qa/')).toMatchObject({
      label: 'Without a set',
      namespace: 'qa',
      state: null,
      orphan: false,
    })
    expect(group('qa/empty')).toMatchObject({
      total: 0,
      desired: 1,
      state: { look: 'scheduling', word: 'New' },
    })
    expect(group('research/web-10')?.state).toEqual({ look: 'hibernated', word: 'Hibernated' })
  })

  it('keeps the head whole when the search leaves a part', () => {
    const options = { search: parseSearch('phase:creating') }
    expect(lines(options)).toEqual(['# research/atlas', 'atlas-10'])
    expect(group('research/atlas', options)).toMatchObject({ total: 4, shown: 1, ready: 3 })
    expect(run(options)).toMatchObject({ total: 9, shown: 1, groups: 1, uids: ['research/atlas-10'] })
  })

  it('finds empty sets by what a set can answer', () => {
    expect(keys({ search: parseSearch('ns:qa') })).toEqual(['# qa/empty', '# qa/gone', '# qa/web-2', '# qa/'])
    expect(keys({ search: parseSearch('set:empty') })).toEqual(['# qa/empty'])
    expect(keys({ search: parseSearch('-phase:ready') })).not.toContain('# qa/empty')
  })

  it('leaves out the VMs of closed groups, but not from the selection', () => {
    const collapsed = new Set(['research/atlas', 'nowhere'])
    expect(lines({ collapsed }).slice(0, 2)).toEqual(['# research/atlas', '# qa/empty'])
    expect(run({ collapsed }).uids).toHaveLength(9)
    expect(group('research/atlas', { collapsed })?.collapsed).toBe(true)
  })

  it('sorts groups and VMs by a column, without lineage', () => {
    expect(keys({ sort: { column: 'phase', direction: 'asc' } })[0]).toBe('# qa/web-2')
    expect(keys({ sort: { column: 'phase', direction: 'desc' } })[0]).toBe('# research/web-10')
    const byAge = lines({ sort: { column: 'age', direction: 'asc' } })
    expect(byAge.slice(0, 4)).toEqual(['# research/web-10', 'web-10-0', '# research/atlas', 'atlas-2'])
    const byNode = lines({ sort: { column: 'node', direction: 'desc' } })
    expect(byNode[0]).toBe('# qa/web-2')
    expect(byNode[byNode.indexOf('# research/atlas') + 4]).toBe('atlas-10')
  })

  it('turns around by name, the unnamed staying last', () => {
    expect(keys({ sort: { column: 'name', direction: 'desc' } })).toEqual([
      '# research/web-10',
      '# qa/web-2',
      '# qa/gone',
      '# qa/empty',
      '# research/atlas',
      '# qa/',
    ])
  })

  it('replaces marks by nothing when they are too many to tell apart', () => {
    const many = aFleet(Array.from({ length: 25 }, (_, slot) => anAgent('big', slot)))
    const [head] = run({}, many).items
    expect(head).toMatchObject({ kind: 'group', total: 25, marks: [], counts: { ready: 25 } })
  })
})

describe('arrange by something else', () => {
  it('groups by namespace', () => {
    expect(keys({ groupBy: 'namespace' })).toEqual(['# qa', '# research'])
  })

  it('groups by node, with empty nodes while nothing is searched', () => {
    expect(keys({ groupBy: 'node' })).toEqual(['# node-a1', '# node-b1', '# node-c1', '# '])
    expect(group('node-b1', { groupBy: 'node' })?.state).toEqual({ look: 'unreachable', word: 'Not ready' })
    expect(group('', { groupBy: 'node' })).toMatchObject({ label: 'Not on a node', total: 1 })
    expect(keys({ groupBy: 'node', search: parseSearch('web-2') })).toEqual(['# node-b1'])
  })

  it('groups by phase, the most urgent first', () => {
    expect(keys({ groupBy: 'phase' })).toEqual(['# failed', '# creating', '# ready', '# hibernated'])
    expect(keys({ groupBy: 'phase', sort: { column: 'phase', direction: 'desc' } })[0]).toBe('# hibernated')
  })

  it('groups by nothing', () => {
    expect(lines({ groupBy: 'none', sort: { column: 'name', direction: 'desc' } }).slice(0, 3)).toEqual([
      'web-10-0',
      'web-2-0',
      'lone-2',
    ])
  })

  it('says where a fork comes from also without lineage', () => {
    const fork = run({ groupBy: 'none' }).items.find((item) => item.key === 'research/atlas-2')
    expect(fork).toMatchObject({ depth: 0, isFork: true, forkOf: '0' })
  })
})

describe('the order', () => {
  it('does not depend on the order in which the cluster tells its rows', () => {
    const reversed = aFleet(
      [...FLEET.vms.values()].reverse(),
      [...FLEET.sets.values()].reverse(),
      [...FLEET.nodes.values()].reverse(),
    )
    for (const groupBy of ['set', 'namespace', 'node', 'phase', 'none'] as const) {
      for (const column of ['name', 'phase', 'node', 'age', 'image', 'memory', 'screen'] as const) {
        for (const direction of ['asc', 'desc'] as const) {
          const options = { groupBy, sort: { column, direction } }
          expect(lines(options, reversed)).toEqual(lines(options))
        }
      }
    }
  })

  it('survives hostile rows', () => {
    const hostile = aFleet(
      [
        aVm({ uid: '1', name: '__proto__', namespace: '__proto__', set: '__proto__', vmName: '__proto__' }),
        aVm({ uid: '2', name: '\u202E🦆', memory: 'lots', createdAt: 'yesterday', phaseSince: 'x' }),
        aVm({ uid: '3', name: 'x'.repeat(10_000), forkedFrom: '__proto__', set: 'a/b' }),
      ],
      [aSet('constructor', { phase: '__proto__' }), aSet('b', { phase: 'toString' })],
    )
    expect(lines({}, hostile)).toContain('# __proto__/__proto__')
    expect(lines({ sort: { column: 'memory', direction: 'asc' } }, hostile)).toHaveLength(8)
    expect(lines({ sort: { column: 'age', direction: 'asc' } }, hostile)).toHaveLength(8)
  })
})
