import { quantityValue } from '../cocoon/quantity.ts'
import { derived } from './arrange-derived.ts'
import { compareTexts, naturalKey } from './arrange-natural.ts'
import type { Sort } from './arrange-types.ts'
import { vncPortOf } from './can/vnc-endpoint.ts'
import type { ColumnId } from './columns-table.ts'
import { URGENCY } from './summary.ts'
import type { Vm } from './vm.ts'

/** How a column sorts: by text in natural order, by ISO 8601 moment (youngest first), by quantity, by number. */
type SortValue =
  | { text: (vm: Vm) => string }
  | { moment: (vm: Vm) => string }
  | { amount: (vm: Vm) => string }
  | { number: (vm: Vm) => number }

const VALUES: Record<ColumnId, SortValue> = {
  name: { number: () => 0 },
  phase: { number: (vm) => URGENCY[vm.phase] },
  node: { text: (vm) => vm.node },
  reach: { text: (vm) => vm.ip },
  image: { text: (vm) => vm.image },
  screen: { number: (vm) => (vncPortOf(vm) > 0 ? 0 : Number.NaN) },
  role: { text: (vm) => vm.role ?? '' },
  os: { text: (vm) => vm.os },
  backend: { text: (vm) => vm.backend },
  pool: { text: (vm) => vm.pool },
  fork: { text: (vm) => vm.forkedFrom },
  vmName: { text: (vm) => vm.vmName },
  cpu: { amount: (vm) => vm.cpu },
  memory: { amount: (vm) => vm.memory },
  storage: { amount: (vm) => vm.storage },
  namespace: { text: (vm) => vm.namespace },
  age: { moment: (vm) => vm.createdAt },
}

/** A row with what it is sorted by, worked out once instead of at every comparison. */
export interface Ranked {
  vm: Vm
  /** NaN when the row has no value, which puts it last, whichever way the column is sorted. */
  number: number
  text: string
  name: string
}

export type RankedOrder = (a: Ranked, b: Ranked) => number

/** Reads each distinct text once: columns hold the same few values thousands of times. */
function remembered<Value>(read: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>()
  return (text) => {
    let value = known.get(text)
    if (value === undefined) {
      value = read(text)
      known.set(text, value)
    }
    return value
  }
}

function numberOf(value: SortValue): (vm: Vm) => number {
  if ('number' in value) return value.number
  if ('text' in value) return (vm) => (value.text(vm) === '' ? Number.NaN : 0)
  const read = remembered(
    'amount' in value ? (text) => quantityValue(text) ?? Number.NaN : (text) => -Date.parse(text),
  )
  const text = 'amount' in value ? value.amount : value.moment
  return (vm) => read(text(vm))
}

/** Prepares rows for sorting by a column. */
export function ranker(column: ColumnId): (vm: Vm) => Ranked {
  const value = VALUES[column]
  const number = numberOf(value)
  const key = remembered(naturalKey)
  const text = 'text' in value ? (vm: Vm) => key(value.text(vm)) : () => ''
  return (vm) => ({ vm, number: number(vm), text: text(vm), name: derived(vm).nameKey })
}

/** Puts NaN, which stands for none, last; zero when both or neither are there. */
export function absentLast(one: number, other: number): number {
  return Number(Number.isNaN(one)) - Number(Number.isNaN(other))
}

/** Settles every tie, so that no two orders are possible. */
function sameName(a: Vm, b: Vm): number {
  return compareTexts(a.name, b.name) || compareTexts(a.namespace, b.namespace) || compareTexts(a.uid, b.uid)
}

/** The order of rows by name alone. */
export function byName(a: Vm, b: Vm): number {
  return compareTexts(derived(a).nameKey, derived(b).nameKey) || sameName(a, b)
}

/** The order of prepared rows; ties are settled by name, always upwards unless the name is the column. */
export function rankedOrder(sort: Sort): RankedOrder {
  const sign = sort.direction === 'asc' ? 1 : -1
  if (sort.column === 'name') return (a, b) => sign * (compareTexts(a.name, b.name) || sameName(a.vm, b.vm))
  return (a, b) =>
    absentLast(a.number, b.number) ||
    sign * (a.number - b.number || compareTexts(a.text, b.text)) ||
    compareTexts(a.name, b.name) ||
    sameName(a.vm, b.vm)
}
