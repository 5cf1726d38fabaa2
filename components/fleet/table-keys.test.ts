import { describe, expect, it } from 'vitest'
import type { ArrangedItem, GroupItem, VmItem } from '../../lib/fleet/arrange-types.ts'
import { noCounts } from '../../lib/fleet/summary.ts'
import { tableMove } from './table-keys.ts'

const group = (key: string, collapsed = false): GroupItem => ({
  kind: 'group',
  key,
  groupBy: 'set',
  label: key,
  namespace: 'ns',
  set: null,
  node: null,
  orphan: false,
  uids: [],
  shown: 1,
  total: 1,
  counts: noCounts(),
  ready: 0,
  desired: 1,
  marks: [],
  state: null,
  stateSince: null,
  createdAt: null,
  collapsed,
})

const vm = (uid: string): VmItem => ({
  kind: 'vm',
  key: uid,
  uid,
  groupKey: 'g',
  depth: 0,
  isFork: false,
  forkOf: '',
  last: true,
  rails: 0,
})

const ITEMS: ArrangedItem[] = [group('a'), vm('1'), vm('2'), group('b', true), group('c'), vm('3')]

describe('tableMove', () => {
  it.each([
    ['ArrowDown', 0, { kind: 'go', index: 1 }],
    ['ArrowDown', 5, { kind: 'go', index: 5 }],
    ['ArrowUp', 0, { kind: 'go', index: 0 }],
    ['ArrowUp', 3, { kind: 'go', index: 2 }],
    ['PageDown', 1, { kind: 'go', index: 4 }],
    ['PageUp', 1, { kind: 'go', index: 0 }],
    ['Home', 4, { kind: 'go', index: 0 }],
    ['End', 0, { kind: 'go', index: 5 }],
    ['ArrowLeft', 0, { kind: 'toggle', key: 'a' }],
    ['ArrowLeft', 2, { kind: 'go', index: 0 }],
    ['ArrowLeft', 3, null],
    ['ArrowRight', 0, { kind: 'go', index: 1 }],
    ['ArrowRight', 3, { kind: 'toggle', key: 'b' }],
    ['ArrowRight', 1, null],
    ['Enter', 1, { kind: 'open', uid: '1' }],
    ['Enter', 3, { kind: 'toggle', key: 'b' }],
    [' ', 5, { kind: 'tick', item: vm('3') }],
    [' ', 3, { kind: 'tick', item: group('b', true) }],
    ['x', 1, null],
    ['constructor', 1, null],
  ])('%s at row %i', (key, index, expected) => {
    expect(tableMove(key, { items: ITEMS, index, page: 3 })).toEqual(expected)
  })

  it('does nothing in an empty table', () => {
    expect(tableMove('ArrowDown', { items: [], index: 0, page: 3 })).toBeNull()
    expect(tableMove('Enter', { items: [], index: 0, page: 3 })).toBeNull()
    expect(tableMove(' ', { items: [], index: 0, page: 3 })).toBeNull()
  })
})
