/**
 * Rows by uid, and by the key that people and references use. Two rows may bear one key: a recreated
 * namesake whose elder is still to be removed, or two requests for one pod.
 */
export interface KeyedRows<Row> {
  byUid(uid: string): Row | undefined
  /** The row that took the key last among those that are still there. */
  byKey(key: string): Row | undefined
  replace(rows: readonly Row[]): void
  put(row: Row): void
  remove(uid: string): void
}

export interface KeyedRowsOptions<Row> {
  keyOf(row: Row): string
  onChange(uid: string, before: Row | undefined, after: Row | undefined): void
}

export function createKeyedRows<Row extends { uid: string }>(options: KeyedRowsOptions<Row>): KeyedRows<Row> {
  const rows = new Map<string, Row>()
  const uidsOfKey = new Map<string, Set<string>>()
  const drop = (uid: string, row: Row) => {
    rows.delete(uid)
    const key = options.keyOf(row)
    const uids = uidsOfKey.get(key)
    uids?.delete(uid)
    if (uids?.size === 0) uidsOfKey.delete(key)
  }
  const latest = (key: string) => {
    let last = ''
    for (const uid of uidsOfKey.get(key) ?? []) last = uid
    return last
  }
  const put = (row: Row) => {
    const before = rows.get(row.uid)
    if (before !== undefined && options.keyOf(before) !== options.keyOf(row)) drop(row.uid, before)
    rows.set(row.uid, row)
    const key = options.keyOf(row)
    uidsOfKey.set(key, (uidsOfKey.get(key) ?? new Set()).add(row.uid))
    options.onChange(row.uid, before, row)
  }
  const remove = (uid: string) => {
    const before = rows.get(uid)
    if (before === undefined) return
    drop(uid, before)
    options.onChange(uid, before, undefined)
  }
  return {
    byUid: (uid) => rows.get(uid),
    byKey: (key) => rows.get(latest(key)),
    put,
    remove,
    replace(next) {
      const wanted = new Set(next.map((row) => row.uid))
      for (const uid of rows.keys()) if (!wanted.has(uid)) remove(uid)
      for (const row of next) put(row)
    },
  }
}
