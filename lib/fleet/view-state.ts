import { GROUPINGS } from './arrange-types.ts'
import type { GroupBy, Sort } from './arrange-types.ts'
import type { ColumnId } from './columns-table.ts'
import { COLUMN_IDS, COLUMNS, INITIAL_COLUMNS } from './columns-table.ts'

/** Which groups are closed: those with these keys, or all but those. */
export interface Folding {
  all: boolean
  keys: ReadonlySet<string>
}

export interface VmPath {
  namespace: string
  name: string
}

/** What the overview shows, all of it in the URL. */
export interface ViewState {
  /** The search as typed. */
  search: string
  groupBy: GroupBy
  sort: Sort
  columns: readonly ColumnId[]
  folding: Folding
  /** The VM whose panel is open; a link to it outlives its pod's uid. */
  vm: VmPath | null
}

export const INITIAL_VIEW: ViewState = {
  search: '',
  groupBy: 'set',
  sort: { column: 'name', direction: 'asc' },
  columns: INITIAL_COLUMNS,
  folding: { all: false, keys: new Set() },
  vm: null,
}

/** How one part of the view is written in the URL. */
export interface ViewParam<Value> {
  /** Name of the query parameter. */
  param: string
  /** Null for a text that cannot be read: the rest of the URL still counts. */
  parse(text: string): Value | null
  print(value: Value): string
}

/** Links are pasted and edited by hand; a longer one is an accident. */
const LONGEST_SEARCH = 2000
const MOST_KEYS = 500
const isOneOf = <Item extends string>(items: readonly Item[], text: string): text is Item =>
  (items as readonly string[]).includes(text)

function parseSort(text: string): Sort | null {
  const down = text.startsWith('-')
  const column = down ? text.slice(1) : text
  if (!isOneOf(COLUMN_IDS, column) || !COLUMNS[column].sortable) return null
  return { column, direction: down ? 'desc' : 'asc' }
}

/** Columns in the order of the table, with the fixed ones; null when the text names none that exist. */
function parseColumns(text: string): readonly ColumnId[] | null {
  const asked = new Set(text.split(','))
  const known = COLUMN_IDS.filter((id) => asked.has(id))
  return known.length === 0 ? null : COLUMN_IDS.filter((id) => COLUMNS[id].fixed || asked.has(id))
}

function parseFolding(text: string): Folding {
  const [first, ...rest] = text.split(',')
  const all = first === '*'
  const keys = (all ? rest : [first ?? '', ...rest]).slice(0, MOST_KEYS)
  return { all, keys: new Set(keys.map(decodeKey).filter((key) => key !== null)) }
}

/** A key is `.` and its text, because the empty text is a key too (VMs that are on no node). */
const encodeKey = (key: string) => `.${key.replaceAll('%', '%25').replaceAll(',', '%2C')}`

function decodeKey(text: string): string | null {
  return text.startsWith('.') ? text.slice(1).replaceAll('%2C', ',').replaceAll('%25', '%') : null
}

function parseVm(text: string): VmPath | null {
  const [namespace = '', name = '', ...rest] = text.split('/')
  return namespace === '' || name === '' || rest.length > 0 ? null : { namespace, name }
}

export const VIEW_PARAMS: { [Part in keyof ViewState]: ViewParam<ViewState[Part]> } = {
  search: { param: 'q', parse: (text) => text.slice(0, LONGEST_SEARCH), print: (search) => search },
  groupBy: {
    param: 'group',
    parse: (text) => (isOneOf(GROUPINGS, text) ? text : null),
    print: (groupBy) => groupBy,
  },
  sort: {
    param: 'sort',
    parse: parseSort,
    print: ({ column, direction }) => (direction === 'desc' ? `-${column}` : column),
  },
  columns: { param: 'cols', parse: parseColumns, print: (columns) => columns.join(',') },
  folding: {
    param: 'closed',
    parse: parseFolding,
    print: ({ all, keys }) => [...(all ? ['*'] : []), ...[...keys].map(encodeKey)].join(','),
  },
  vm: { param: 'vm', parse: parseVm, print: (vm) => (vm === null ? '' : `${vm.namespace}/${vm.name}`) },
}

/** True when a group is closed; pass it to `arrange` as `collapsed`. */
export function isClosed(folding: Folding, key: string): boolean {
  return folding.keys.has(key) !== folding.all
}

/** Opens or closes one group. */
export function toggleGroup(folding: Folding, key: string): Folding {
  const keys = new Set(folding.keys)
  if (!keys.delete(key)) keys.add(key)
  return { all: folding.all, keys }
}

/** Closes or opens all groups, those to come as well. */
export function foldAll(closed: boolean): Folding {
  return { all: closed, keys: new Set() }
}

function read<Value>(rule: ViewParam<Value>, query: URLSearchParams, initial: Value): Value {
  const text = query.get(rule.param)
  return (text === null ? null : rule.parse(text)) ?? initial
}

/** Reads the view from a query. What is absent or unreadable is as at first; the rest is kept. Never throws. */
export function parseView(query: URLSearchParams): ViewState {
  return {
    search: read(VIEW_PARAMS.search, query, INITIAL_VIEW.search),
    groupBy: read(VIEW_PARAMS.groupBy, query, INITIAL_VIEW.groupBy),
    sort: read(VIEW_PARAMS.sort, query, INITIAL_VIEW.sort),
    columns: read(VIEW_PARAMS.columns, query, INITIAL_VIEW.columns),
    folding: read(VIEW_PARAMS.folding, query, INITIAL_VIEW.folding),
    vm: read(VIEW_PARAMS.vm, query, INITIAL_VIEW.vm),
  }
}

function write<Value>(rule: ViewParam<Value>, query: URLSearchParams, value: Value, initial: Value): void {
  const text = rule.print(value)
  if (text === rule.print(initial)) query.delete(rule.param)
  else query.set(rule.param, text)
}

/** Writes the view into a copy of a query, leaving out what is as at first. Other parameters are kept. */
export function printView(view: ViewState, query: URLSearchParams = new URLSearchParams()): URLSearchParams {
  const written = new URLSearchParams(query)
  write(VIEW_PARAMS.search, written, view.search, INITIAL_VIEW.search)
  write(VIEW_PARAMS.groupBy, written, view.groupBy, INITIAL_VIEW.groupBy)
  write(VIEW_PARAMS.sort, written, view.sort, INITIAL_VIEW.sort)
  write(VIEW_PARAMS.columns, written, view.columns, INITIAL_VIEW.columns)
  write(VIEW_PARAMS.folding, written, view.folding, INITIAL_VIEW.folding)
  write(VIEW_PARAMS.vm, written, view.vm, INITIAL_VIEW.vm)
  return written
}
