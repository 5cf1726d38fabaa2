import { anOperation } from './operations/operation.fixture.ts'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../demo/random.ts'
import { aNode, aSet, aVm } from './arrange.fixture.ts'
import { manyTables } from './fleet.fixture.ts'
import {
  encodeTables,
  applyChanges,
  applyRowChanges,
  changedFields,
  emptyTables,
  keepIdentity,
  rowChange,
  tablesOfSnapshot,
  touchedUids,
} from './row-changes.ts'
import type { FleetTables } from './row-changes.ts'
import { FLEET_KINDS } from './vm.ts'
import type { Vm } from './vm.ts'
import type { FleetChanges, RowChanges } from './wire.ts'

const vm = aVm({ name: 'a', hibernation: null, problems: [] })

describe('changedFields', () => {
  const hibernation = {
    uid: 'h',
    name: 'a',
    deletedAt: null,
    desire: 'Wake',
    phase: 'Waking',
    since: null,
    message: '',
  }
  it.each<[string, Partial<Vm>, Partial<Vm> | null]>([
    ['nothing', {}, null],
    ['equal nested values', { problems: [] }, null],
    ['a word', { phase: 'failed' }, { phase: 'failed' }],
    ['a nested value', { problems: ['x'] }, { problems: ['x'] }],
    ['a value from null', { hibernation }, { hibernation }],
    ['a value to null', { phaseSince: null }, { phaseSince: null }],
    ['several', { ip: '', vmID: 'i' }, { ip: '', vmID: 'i' }],
  ])('tells %s', (_, change, expected) => {
    const fields = changedFields(vm, { ...vm, ...change })
    expect(fields).toEqual(expected === null ? null : { ...expected, uid: vm.uid })
  })
})

it.each<[string, Vm | undefined, Vm | undefined, RowChanges<Vm> | null]>([
  ['a new row', undefined, vm, { add: [vm] }],
  ['a row that left', vm, undefined, { del: [vm.uid] }],
  ['a changed row', vm, { ...vm, ip: '' }, { set: [{ uid: vm.uid, ip: '' }] }],
  ['the same row', vm, { ...vm }, null],
  ['no row', undefined, undefined, null],
])('rowChange: %s', (_, before, next, change) => {
  expect(rowChange(before, next)).toEqual(change)
})

describe('applyRowChanges', () => {
  it('takes the namesake out before the new one comes in', () => {
    const rows = new Map([['old', aVm({ name: 'a', uid: 'old' })]])
    applyRowChanges(rows, { add: [aVm({ name: 'a', uid: 'new' })], del: ['old'] })
    expect([...rows.keys()]).toEqual(['new'])
  })

  it('throws at a change to a row that was never sent', () => {
    const rows = new Map<string, Vm>()
    expect(() => applyRowChanges(rows, { set: [{ uid: 'ghost', ip: '' }] })).toThrow(
      'a change names row ghost, which was never sent',
    )
    const changes = JSON.parse('{"sets":{"set":[{"uid":"__proto__"}]}}') as FleetChanges
    expect(() => applyChanges(emptyTables(), changes)).toThrow('row __proto__')
  })

  it('passes over the deletion of a row that is gone', () => {
    const rows = new Map([[vm.uid, vm]])
    applyRowChanges(rows, { del: ['ghost'] })
    expect(rows.get(vm.uid)).toBe(vm)
  })
})

it('touchedUids names every row of a delta, by kind', () => {
  const changes: FleetChanges = {
    vms: { add: [vm], set: [{ uid: 'b' }], del: ['c'] },
    nodes: { del: ['n'] },
  }
  expect(touchedUids({ changes })).toEqual({
    vms: [vm.uid, 'b', 'c'],
    sets: [],
    nodes: ['n'],
    operations: [],
    usual: [],
  })
})

it('keepIdentity keeps the rows that say the same', () => {
  const before = new Map([
    ['a', aVm({ name: 'a', uid: 'a' })],
    ['b', aVm({ name: 'b', uid: 'b' })],
  ])
  const next = new Map([
    ['a', aVm({ name: 'a', uid: 'a' })],
    ['b', aVm({ name: 'b', uid: 'b', ip: '' })],
  ])
  const changed = next.get('b')
  keepIdentity(before, next)
  expect(next.get('a')).toBe(before.get('a'))
  expect(next.get('b')).toBe(changed)
})

/** Changes one row at random, in place, and gives the change as the store would publish it. */
function mutate(tables: FleetTables, random: ReturnType<typeof seededRandom>): FleetChanges {
  const kind = FLEET_KINDS[random.int(0, FLEET_KINDS.length - 1)] ?? 'vms'
  const table: Map<string, { uid: string }> = tables[kind]
  const before = [...table.values()][random.int(0, table.size - 1)]
  const make = {
    vms: () => aVm({ name: random.hex(4), uid: random.uuid(), phase: 'creating' }),
    sets: () => aSet(random.hex(4), { uid: random.uuid() }),
    nodes: () => aNode(random.hex(4), { uid: random.uuid() }),
    operations: () => anOperation({ uid: random.uuid() }),
    usual: () => ({ uid: 'wake' as const, median: random.int(1, 9_000), count: 1 }),
  }
  const dice = random.next()
  const fresh = make[kind]()
  const next =
    dice < 0.2 || before === undefined ? fresh : dice < 0.35 ? undefined : { ...fresh, uid: before.uid }
  const uid = next?.uid ?? before?.uid ?? ''
  const change = rowChange(table.get(uid), next)
  if (next === undefined) table.delete(uid)
  else table.set(uid, next)
  return change === null ? {} : { [kind]: change }
}

it('a copy that applies the deltas of 2,000 random changes equals the source, untouched rows being the same', () => {
  const random = seededRandom(42)
  const source = manyTables(60)
  const copy = tablesOfSnapshot({
    tables: encodeTables(source),
  })
  expect(copy).toEqual(source)
  for (let step = 0; step < 2_000; step += 1) {
    const changes = JSON.parse(JSON.stringify(mutate(source, random))) as FleetChanges
    const before = {
      vms: new Map(copy.vms),
      sets: new Map(copy.sets),
      nodes: new Map(copy.nodes),
      operations: new Map(copy.operations),
      usual: new Map(copy.usual),
    }
    applyChanges(copy, changes)
    const touched = touchedUids({ changes })
    for (const kind of FLEET_KINDS) {
      const same = [...copy[kind].keys()].filter((uid) => copy[kind].get(uid) === before[kind].get(uid))
      const there = touched[kind].filter((uid) => copy[kind].has(uid))
      expect(same.length).toBe(copy[kind].size - there.length)
    }
  }
  expect(copy).toEqual(source)
})
