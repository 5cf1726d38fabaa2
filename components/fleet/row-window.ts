import type { ArrangedItem } from '../../lib/fleet/arrange-types.ts'
import type { RowHeights } from './row-heights.ts'

/** Where each row begins, in pixels from the top of the body; one more entry than rows: where the last one ends. */
export type RowTops = readonly number[]

/** Rows by their indexes, both ends among them. Nothing is seen while `last` is less than `first`. */
export interface SeenRows {
  first: number
  last: number
}

export function rowTops(items: readonly ArrangedItem[], heights: RowHeights): RowTops {
  const tops = [0]
  let top = 0
  for (const { kind } of items) tops.push((top += heights[kind]))
  return tops
}

/** The rows of which something lies in the `height` pixels from `top` on. */
export function seenRows(tops: RowTops, top: number, height: number): SeenRows {
  const end = tops.length - 2
  let first = 0
  let high = end
  while (first < high) {
    const middle = (first + high + 1) >> 1
    if ((tops[middle] ?? 0) <= top) first = middle
    else high = middle - 1
  }
  if (height <= 0) return { first, last: first - 1 }
  let last = first
  while (last < end && (tops[last + 1] ?? 0) < top + height) last += 1
  return { first, last: Math.min(last, end) }
}

/** Rows beyond each end that are rendered ahead, so that scrolling by a little finds them there. */
const AHEAD = 12

/** The rows to render, ascending: those seen, some beyond each end, and those of `always` that exist. */
export function renderedRows({ first, last }: SeenRows, count: number, always: readonly number[]): number[] {
  const rows = new Set(always.filter((index) => index >= 0 && index < count))
  const end = last < first ? -1 : Math.min(count - 1, last + AHEAD)
  for (let index = Math.max(0, first - AHEAD); index <= end; index += 1) rows.add(index)
  return [...rows].sort((a, b) => a - b)
}

/** What of the scrolled box the rows do not get, in pixels. */
interface Covered {
  /** By the head of the group in sight, which lies over the first rows. */
  above: number
  /** By the header, which takes its place from the rows. */
  below: number
}

/** How far to scroll, from `top`, so that all of the row is seen; `top` itself when it is seen already. */
export function topThatShows(
  tops: RowTops,
  index: number,
  { top, height, above, below }: Covered & { top: number; height: number },
): number {
  const [start = 0, end = start] = tops.slice(index, index + 2)
  if (start - above < top) return Math.max(0, start - above)
  if (end > top + height - below) return end - height + below
  return top
}
