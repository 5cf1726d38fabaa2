import type { Stored } from './stored.ts'

/** Objects of one resource by key, listed in key order. */
export interface SortedTable {
  get(key: string): Stored | undefined
  put(stored: Stored): void
  remove(key: string): void
  /** A new array; namespace '' is everything. */
  list(namespace: string): Stored[]
  copy(): SortedTable
}

/** First index whose key is not below the sought one. */
function lowerBound(keys: readonly string[], key: string): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((keys[middle] ?? '') < key) low = middle + 1
    else high = middle
  }
  return low
}

export function createTable(objects = new Map<string, Stored>(), keys: string[] = []): SortedTable {
  const at = (index: number) => objects.get(keys[index] ?? '')
  return {
    get: (key) => objects.get(key),
    put(stored) {
      if (!objects.has(stored.key)) keys.splice(lowerBound(keys, stored.key), 0, stored.key)
      objects.set(stored.key, stored)
    },
    remove(key) {
      if (objects.delete(key)) keys.splice(lowerBound(keys, key), 1)
    },
    list(namespace) {
      const from = namespace ? lowerBound(keys, `${namespace}/`) : 0
      // '0' follows '/', so this is the end of the namespace's keys.
      const to = namespace ? lowerBound(keys, `${namespace}0`) : keys.length
      const found: Stored[] = []
      for (let index = from; index < to; index++) {
        const stored = at(index)
        if (stored) found.push(stored)
      }
      return found
    },
    copy: () => createTable(new Map(objects), [...keys]),
  }
}
