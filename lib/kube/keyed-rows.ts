import type { Identity } from './watch-sink.ts'

/**
 * Rows by uid, and by the name that people and references use. Two rows may bear one name: a recreated
 * namesake whose elder is still to be removed, or two requests for one pod.
 */
export interface KeyedRows<Row> {
  byUid(uid: string): Row | undefined
  /** The row that took the name last among those that are still there. */
  byName(namespace: string, name: string): Row | undefined
  replace(rows: readonly Row[]): void
  put(row: Row): void
  remove(uid: string): void
  /** Those in which there are rows. */
  namespaces(): Iterable<string>
}

export interface KeyedRowsOptions<Row> {
  /** The name under which a row is looked for, if that is not its own. */
  nameOf?(row: Row): string
  onChange(uid: string, before: Row | undefined, after: Row | undefined): void
  /** Called when a namespace gets its first row. */
  onNamespace?(): void
}

/** One uid, as good as always, and the uids of namesakes in the order in which they took the name. */
type Bearers = string | Set<string>

export function createKeyedRows<Row extends Identity>(options: KeyedRowsOptions<Row>): KeyedRows<Row> {
  const nameOf = options.nameOf ?? ((row: Row) => row.name)
  const rows = new Map<string, Row>()
  // By namespace, then by name: the names are in memory already, keys made of both would not be.
  const namespaces = new Map<string, Map<string, Bearers>>()

  const bear = (row: Row) => {
    const { uid, namespace = '' } = row
    const known = namespaces.get(namespace)
    const names = known ?? new Map<string, Bearers>()
    if (known === undefined) {
      namespaces.set(namespace, names)
      options.onNamespace?.()
    }
    const name = nameOf(row)
    const bearers = names.get(name)
    if (typeof bearers === 'object') bearers.add(uid)
    else if (bearers === undefined) names.set(name, uid)
    else if (bearers !== uid) names.set(name, new Set([bearers, uid]))
  }
  const drop = (row: Row) => {
    rows.delete(row.uid)
    const { uid, namespace = '' } = row
    const name = nameOf(row)
    const names = namespaces.get(namespace)
    const bearers = names?.get(name)
    if (typeof bearers === 'object') bearers.delete(uid)
    if (bearers === uid || (typeof bearers === 'object' && bearers.size === 0)) names?.delete(name)
    if (names?.size === 0) namespaces.delete(namespace)
  }
  const lastOf = (bearers: Bearers | undefined) =>
    typeof bearers === 'object' ? [...bearers].at(-1) : bearers

  const put = (row: Row) => {
    const before = rows.get(row.uid)
    const moved =
      before !== undefined && (before.namespace !== row.namespace || nameOf(before) !== nameOf(row))
    if (moved) drop(before)
    rows.set(row.uid, row)
    bear(row)
    options.onChange(row.uid, before, row)
  }
  const remove = (uid: string) => {
    const before = rows.get(uid)
    if (before === undefined) return
    drop(before)
    options.onChange(uid, before, undefined)
  }
  return {
    byUid: (uid) => rows.get(uid),
    namespaces: () => namespaces.keys(),
    byName: (namespace, name) => rows.get(lastOf(namespaces.get(namespace)?.get(name)) ?? ''),
    put,
    remove,
    replace(next) {
      const wanted = new Set(next.map((row) => row.uid))
      for (const uid of rows.keys()) if (!wanted.has(uid)) remove(uid)
      for (const row of next) put(row)
    },
  }
}
