/** Rows by uid, and by the key that people and references use. */
export interface KeyedRows<Row> {
  byUid(uid: string): Row | undefined
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
  const uidOfKey = new Map<string, string>()
  const drop = (uid: string, row: Row) => {
    rows.delete(uid)
    // A recreated namesake may have taken the key already.
    const key = options.keyOf(row)
    if (uidOfKey.get(key) === uid) uidOfKey.delete(key)
  }
  const put = (row: Row) => {
    const before = rows.get(row.uid)
    if (before !== undefined && options.keyOf(before) !== options.keyOf(row)) drop(row.uid, before)
    rows.set(row.uid, row)
    uidOfKey.set(options.keyOf(row), row.uid)
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
    byKey: (key) => rows.get(uidOfKey.get(key) ?? ''),
    put,
    remove,
    replace(next) {
      const wanted = new Set(next.map((row) => row.uid))
      for (const uid of rows.keys()) if (!wanted.has(uid)) remove(uid)
      for (const row of next) put(row)
    },
  }
}
