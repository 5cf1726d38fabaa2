import { describe, expect, it } from 'vitest'
import { ago, anAgent, aSet, aToolbox, aVm, NOW } from './arrange.fixture.ts'
import { matchesVm, setMatcher } from './search-match.ts'
import { parseSearch } from './search.ts'
import type { VmSet } from './vm.ts'

const atlas = aSet('atlas')
const asleep = aSet('notebooks', { suspend: true })

const FLEET = [
  { vm: anAgent('atlas', 0), set: atlas },
  {
    vm: anAgent('atlas', 1, { phase: 'failed', message: 'Snapshot was not found', phaseSince: ago(2) }),
    set: atlas,
  },
  {
    vm: aToolbox('atlas', 'desk', { vncPort: 5901, connType: 'vnc', image: 'desktop:KDE', managed: false }),
    set: atlas,
  },
  {
    vm: anAgent('notebooks', 0, { namespace: 'finance', phase: 'hibernated', ip: '', createdAt: ago(5000) }),
    set: asleep,
  },
  {
    vm: aVm({ name: 'lone', namespace: 'dev', node: 'node-a10', phase: 'creating', phaseSince: ago(7) }),
    set: null,
  },
  {
    vm: anAgent('gone', 0, { namespace: 'devops', os: 'windows', deadLetter: true, problems: ['x'] }),
    set: null,
  },
]

const matching = (text: string) =>
  FLEET.filter(({ vm, set }) => matchesVm(parseSearch(text), vm, set, NOW)).map(({ vm }) => vm.name)
const ALL = FLEET.map(({ vm }) => vm.name)

describe('matchesVm', () => {
  it.each<[string, string[]]>([
    ['', ALL],
    ['ATLAS', ['atlas-0', 'atlas-1', 'atlas-desk']],
    ['-atlas', ['notebooks-0', 'lone', 'gone-0']],
    ['lone,gone', ['lone', 'gone-0']],
    ['a*k kde', ['atlas-desk']],
    ['"was not found"', ['atlas-1']],
    ['phase:failed', ['atlas-1']],
    ['phase:FAILED,creating', ['atlas-1', 'lone']],
    ['phase:hib', ['notebooks-0']],
    ['phase:*ed', ['atlas-1', 'notebooks-0']],
    ['phase:nonsense', []],
    ['-phase:nonsense', ALL],
    ['phase:', ALL],
    ['-phase:', ALL],
    ['ns:dev', ['lone']],
    ['-ns:dev', ['atlas-0', 'atlas-1', 'atlas-desk', 'notebooks-0', 'gone-0']],
    ['ns:dev*', ['lone', 'gone-0']],
    ['ns:Research role:main', ['atlas-0']],
    ['role:sub', ['atlas-1']],
    ['node:node-a1', ['atlas-0', 'atlas-1', 'atlas-desk', 'notebooks-0', 'gone-0']],
    ['set:atl', ['atlas-0', 'atlas-1', 'atlas-desk']],
    ['set:=atl', []],
    ['name:=lone', ['lone']],
    ['image:kde', ['atlas-desk']],
    ['vnc:yes', ['atlas-desk']],
    ['vnc:no os:windows', ['gone-0']],
    ['conn:vnc', ['atlas-desk']],
    ['ip:10.8', ['atlas-0', 'atlas-1', 'atlas-desk', 'lone', 'gone-0']],
    ['fork:atlas-0', ['atlas-1']],
    ['is:suspended', ['notebooks-0']],
    ['is:bare', ['lone']],
    ['is:orphan', ['gone-0']],
    ['is:static,deadletter', ['atlas-desk', 'gone-0']],
    ['is:fork', ['atlas-1']],
    ['is:stuck', ['lone']],
    ['is:broken', ['gone-0']],
    ['-is:bare,orphan', ['atlas-0', 'atlas-1', 'atlas-desk', 'notebooks-0']],
    ['for:>6m', ['lone']],
    ['for:<3m', ['atlas-1']],
    ['age:>2d', ['notebooks-0']],
    ['age:nonsense', ALL],
    ['phase:failed,ready -set:gone ns:research', ['atlas-0', 'atlas-1', 'atlas-desk']],
    ['ubuntu:24.04 ns:dev', ['lone']],
    ['desktop:kde', ['atlas-desk']],
    ['constructor', []],
  ])('finds for %j', (text, names) => {
    expect(matching(text)).toEqual(names)
  })

  it('does not let a VM without a known time pass for old or young', () => {
    const vm = aVm({ name: 'new', phaseSince: null })
    expect(matchesVm(parseSearch('for:>1s'), vm, null, NOW)).toBe(false)
    expect(matchesVm(parseSearch('for:<1s'), vm, null, NOW)).toBe(false)
  })

  it('matches wildcards in linear time', () => {
    const vm = aVm({ name: 'a'.repeat(50_000) })
    const search = parseSearch(`name:${'*a'.repeat(200)}b`)
    expect(matchesVm(search, vm, null, NOW)).toBe(false)
  })
})

describe('setMatcher', () => {
  const empty = aSet('empty', { namespace: 'qa', suspend: true, image: 'android:14' })
  const matches = (text: string, set: VmSet = empty) => setMatcher(parseSearch(text), NOW)(set)

  it.each<[string, boolean]>([
    ['', true],
    ['ns:qa', true],
    ['-ns:qa', false],
    ['set:emp', true],
    ['empty', true],
    ['-empty', false],
    ['android', true],
    ['other', false],
    ['is:suspended', true],
    ['-is:suspended', false],
    ['is:stuck', false],
    ['-is:stuck', false],
    ['phase:failed', false],
    ['-phase:failed', false],
    ['node:x', false],
    ['age:>1h', true],
    ['phase:', true],
  ])('%j: %s', (text, expected) => {
    expect(matches(text)).toBe(expected)
  })
})
