import { quantityValue } from '../cocoon/quantity.ts'
import { compareNatural } from './arrange-natural.ts'
import type { Sort } from './arrange-types.ts'
import type { ColumnId } from './columns-table.ts'
import { URGENCY } from './summary.ts'
import type { Vm } from './vm.ts'

export type VmOrder = (a: Vm, b: Vm) => number

/** How a column sorts: by text in natural order, by ISO 8601 moment (youngest first), or by number. */
type SortValue =
  | { text: (vm: Vm) => string }
  | { moment: (vm: Vm) => string }
  | { amount: (vm: Vm) => string }
  | { number: (vm: Vm) => number }

const VALUES: Record<ColumnId, SortValue> = {
  name: { text: (vm) => vm.name },
  phase: { number: (vm) => URGENCY[vm.phase] },
  node: { text: (vm) => vm.node },
  reach: { text: (vm) => vm.ip },
  image: { text: (vm) => vm.image },
  screen: { number: (vm) => (vm.vncPort > 0 ? 0 : Number.NaN) },
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

/** Rows without a value stand last, whichever way the column is sorted. */
function textOrder(value: (vm: Vm) => string, sign: number): VmOrder {
  return (a, b) => {
    const one = value(a)
    const other = value(b)
    if (one === '' || other === '') return one === other ? 0 : one === '' ? 1 : -1
    return sign * compareNatural(one, other)
  }
}

/** The order of two numbers of which one is NaN, which stands for none; undefined when both are there. */
export function absentLast(one: number, other: number): number | undefined {
  const missing = Number.isNaN(one)
  return missing || Number.isNaN(other) ? Number(missing) - Number(Number.isNaN(other)) : undefined
}

function numberOrder(value: (vm: Vm) => number, sign: number): VmOrder {
  return (a, b) => {
    const one = value(a)
    const other = value(b)
    return absentLast(one, other) ?? sign * (one - other)
  }
}

/** Reads each distinct text once: a sort asks for the same few amounts thousands of times. */
function remembered(read: (text: string) => number): (text: string) => number {
  const known = new Map<string, number>()
  return (text) => {
    let value = known.get(text)
    if (value === undefined) {
      value = read(text)
      known.set(text, value)
    }
    return value
  }
}

function columnOrder(value: SortValue, sign: number): VmOrder {
  if ('text' in value) return textOrder(value.text, sign)
  if ('number' in value) return numberOrder(value.number, sign)
  const read =
    'amount' in value
      ? remembered((text) => quantityValue(text) ?? Number.NaN)
      : remembered((text) => -Date.parse(text))
  const text = 'amount' in value ? value.amount : value.moment
  return numberOrder((vm) => read(text(vm)), sign)
}

/** The order of rows by name alone, which also settles every tie, so that no two orders are possible. */
export function byName(a: Vm, b: Vm): number {
  return (
    compareNatural(a.name, b.name) ||
    compareNatural(a.namespace, b.namespace) ||
    (a.uid < b.uid ? -1 : Number(a.uid > b.uid))
  )
}

/** The order of VMs by a column. */
export function vmOrder(sort: Sort): VmOrder {
  const sign = sort.direction === 'asc' ? 1 : -1
  if (sort.column === 'name') return (a, b) => sign * byName(a, b)
  const order = columnOrder(VALUES[sort.column], sign)
  return (a, b) => order(a, b) || byName(a, b)
}
