import { describe, expect, it } from 'vitest'
import { COLUMN_IDS, COLUMNS } from './columns-table.ts'
import { foldAll, INITIAL_VIEW, isClosed, parseView, printView, toggleGroup } from './view-state.ts'
import type { ViewState } from './view-state.ts'

const read = (query: string) => parseView(new URLSearchParams(query))
const again = (view: ViewState) => parseView(new URLSearchParams(printView(view).toString()))

describe('the view in the URL', () => {
  it('is absent at first', () => {
    expect(printView(INITIAL_VIEW).toString()).toBe('')
    expect(read('')).toEqual(INITIAL_VIEW)
  })

  it.each<Partial<ViewState>>([
    { search: 'phase:failed -ns:dev "a b" 🦆 &=+%\u202E' },
    { groupBy: 'node', sort: { column: 'age', direction: 'desc' } },
    { columns: ['name', 'phase', 'age'] },
    { folding: { all: false, keys: new Set(['research/atlas', 'qa/', '', 'a,b%2C*', '*']) } },
    { folding: { all: true, keys: new Set(['research/atlas']) } },
    { folding: foldAll(true) },
    { vm: { namespace: 'research', name: 'atlas-0' } },
  ])('survives writing and reading: %j', (part) => {
    const view = { ...INITIAL_VIEW, ...part }
    expect(again(view)).toEqual(view)
  })

  it.each<[string, Partial<ViewState>]>([
    ['group=planet&q=web', { search: 'web' }],
    ['sort=-nonsense&group=phase', { groupBy: 'phase' }],
    ['sort=screen', {}],
    ['sort=-age', { sort: { column: 'age', direction: 'desc' } }],
    ['cols=__proto__,constructor', {}],
    ['cols=age,phase,nonsense', { columns: ['name', 'phase', 'age'] }],
    ['vm=a', {}],
    ['vm=a/b/c', {}],
    ['vm=/b', {}],
    ['closed=nonsense,,%00', {}],
    ['other=1', {}],
  ])('reads %j as far as it can', (query, part) => {
    expect(read(query)).toEqual({ ...INITIAL_VIEW, ...part })
  })

  it('keeps the parameters of others, and drops its own when they are as at first', () => {
    const query = new URLSearchParams('theme=dark&group=node&sort=-age')
    expect(printView(INITIAL_VIEW, query).toString()).toBe('theme=dark')
    expect(query.get('group')).toBe('node')
  })

  it('caps what a link can carry', () => {
    expect(read(`q=${'x'.repeat(9000)}`).search).toHaveLength(2000)
    expect(
      read(`closed=${Array.from({ length: 2000 }, (_, at) => `.${at}`).join(',')}`).folding.keys.size,
    ).toBe(500)
  })
})

describe('folding', () => {
  it('closes and opens one group or all', () => {
    const one = toggleGroup(INITIAL_VIEW.folding, 'a')
    expect([isClosed(one, 'a'), isClosed(one, 'b')]).toEqual([true, false])
    const allButB = toggleGroup(foldAll(true), 'b')
    expect([isClosed(allButB, 'a'), isClosed(allButB, 'b')]).toEqual([true, false])
    expect(toggleGroup(allButB, 'b')).toEqual(foldAll(true))
  })
})

describe('the columns', () => {
  it('have their own labels, and a fixed one is shown', () => {
    const labels = COLUMN_IDS.map((id) => COLUMNS[id].label)
    expect(new Set(labels).size).toBe(labels.length)
    expect(COLUMN_IDS.filter((id) => COLUMNS[id].fixed && !COLUMNS[id].initial)).toEqual([])
  })
})
