import type { ArrangedItem } from '../../lib/fleet/arrange-types.ts'

/** The indexes of the heads of groups, ascending. */
export function headIndexes(items: readonly ArrangedItem[]): number[] {
  return items.flatMap((item, index) => (item.kind === 'group' ? [index] : []))
}

/** The head of the group that the item at `index` belongs to; -1 when nothing is grouped. */
export function headAt(heads: readonly number[], index: number): number {
  let low = 0
  let high = heads.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((heads[middle] ?? 0) <= index) low = middle + 1
    else high = middle
  }
  return heads[low - 1] ?? -1
}
