import { describe, expect, it } from 'vitest'
import { aFleet, anAgent, aSet, aVm, NOW } from '../arrange.fixture.ts'
import type { ArrangedItem } from '../arrange-types.ts'
import { arrange } from '../arrange.ts'
import { parseSearch } from '../search.ts'
import { presentOf } from './present.ts'
import { groupExtent, NOTHING_CHOSEN, select } from './selection.ts'
import type { Selection } from './selection.ts'

const FLEET = aFleet(
  [
    anAgent('a', 0, { uid: 'a0' }),
    anAgent('a', 1, { uid: 'a1', phase: 'hibernated' }),
    anAgent('b', 0, { uid: 'b0' }),
    anAgent('b', 1, { uid: 'b1' }),
    anAgent('b', 2, { uid: 'b2' }),
    aVm({ name: 'lone', uid: 'lone' }),
  ],
  [aSet('a', { uid: 'A' }), aSet('b', { uid: 'B' }), aSet('empty', { uid: 'E' })],
  [],
)

const shown = (search = '', closed: string[] = []) =>
  arrange(FLEET, {
    groupBy: 'set',
    sort: { column: 'name', direction: 'asc' },
    search: parseSearch(search),
    collapsed: new Set(closed.map((name) => `research/${name}`)),
    now: NOW,
  })

const named = (items: readonly ArrangedItem[], name: string): ArrangedItem => {
  const found = items.find((item) => (item.kind === 'vm' ? item.uid === name : item.label === name))
  if (found === undefined) throw new Error(`no row ${name}`)
  return found
}

/** `a0` toggles a row, `..b1` goes there with Shift held, `*` takes all, `-` clears. */
function after(script: string, search = '', closed: string[] = []): Selection {
  const { items, uids } = shown(search, closed)
  let selection = NOTHING_CHOSEN
  for (const word of script.split(' ')) {
    const step =
      word === '*'
        ? ({ kind: 'all', items, uids } as const)
        : word === '-'
          ? ({ kind: 'clear' } as const)
          : word.startsWith('..')
            ? ({ kind: 'range', items, to: named(items, word.slice(2)) } as const)
            : ({ kind: 'toggle', item: named(items, word) } as const)
    selection = select(selection, step, FLEET.vms)
  }
  return selection
}

const words = ({ vms, sets }: Selection) => [...[...vms].sort(), ...[...sets.values()].sort()].join(' ')

describe('a selection', () => {
  it.each([
    ['a1', 'a1'],
    ['a1 a1', ''],
    ['a', 'a0 a1 A'],
    ['a0 a', 'a0 a1 A'],
    ['a a', ''],
    ['a a1', 'a0'],
    ['a a1 a1', 'a0 a1'],
    ['empty', 'E'],
    ['empty empty', ''],
    ['a0 ..b1', 'a0 a1 b0 b1'],
    ['b1 ..a1', 'a1 b0 b1'],
    ['a1 ..b2 ..b0', 'a1 b0'],
    ['a1 ..b0 ..a0', 'a0 a1'],
    ['a1 ..b', 'a1 b0 b1 b2'],
    ['lone a0 ..a1', 'a0 a1 lone'],
    ['* b0 ..b2', 'a0 a1 lone E'],
    ['..b0', 'b0'],
    ['b0 ..empty', 'b0 b1 b2 E'],
    ['*', 'a0 a1 b0 b1 b2 lone E'],
    ['* -', ''],
  ])('after %s is %s', (script, expected) => {
    expect(words(after(script))).toBe(expected)
  })

  it.each([
    ['*', 'phase:hibernated', [], 'a1'],
    ['a', 'phase:hibernated', [], 'a1 A'],
    ['*', '', ['a', 'b'], 'a0 a1 b0 b1 b2 lone E'],
    ['a ..b', '', ['a', 'b'], 'a0 a1 b0 b1 b2 A'],
  ])('after %s of what %s leaves, with %j closed, is %s', (script, search, closed, expected) => {
    expect(words(after(script, search, closed))).toBe(expected)
  })

  it('begins a range anew where its row has gone from sight', () => {
    const selection = after('a0')
    const { items } = shown('phase:hibernated')
    const step = { kind: 'range', items, to: named(items, 'a1') } as const
    expect(words(select(selection, step, FLEET.vms))).toBe('a0 a1')
  })

  it.each([
    ['a0', 'a', 'some'],
    ['a', 'a', 'all'],
    ['a0 a1', 'a', 'all'],
    ['b0', 'a', 'none'],
    ['b0', 'empty', 'none'],
    ['empty', 'empty', 'all'],
  ])('after %s shows head %s as %s', (script, head, extent) => {
    const { items } = shown()
    const item = named(items, head)
    expect(item.kind === 'group' && groupExtent(after(script), item)).toBe(extent)
  })
})

describe('what is there of a selection', () => {
  const present = (script: string, gone: string[] = [], search = '') => {
    const vms = new Map([...FLEET.vms].filter(([uid]) => !gone.includes(uid)))
    const sets = new Map([...FLEET.sets].filter(([uid]) => !gone.includes(uid)))
    const found = presentOf(after(script, search), { vms, sets })
    return `${found.vms.map(({ uid }) => uid).join(' ')} | ${found.sets.map(({ uid }) => uid).join(' ')} | ${found.gone}`
  }

  it.each([
    ['a0', [], 'a0 |  | 0'],
    ['a0 a1', [], 'a0 a1 | A | 0'],
    ['a0', ['a1'], 'a0 | A | 0'],
    ['a0 a1 b0', ['a1'], 'a0 b0 | A | 1'],
    ['a empty', ['E', 'a0'], 'a1 | A | 2'],
  ])('%s without %j is %s', (script, gone, expected) => {
    expect(present(script, gone)).toBe(expected)
  })

  it('has a set that was chosen by its head, although the search hides some of its VMs', () => {
    expect(present('a', [], 'phase:hibernated')).toBe('a1 | A | 0')
    expect(present('*', [], 'phase:hibernated')).toBe('a1 |  | 0')
  })
})
