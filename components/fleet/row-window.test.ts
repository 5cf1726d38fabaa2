import { expect, test } from 'vitest'
import { renderedRows, seenRows, topThatShows } from './row-window.ts'

/** Heads of 44 at 0 and 3, rows of 38 between and after them. */
const TOPS = [0, 44, 82, 120, 164, 202, 240]

test.each([
  ['at the top', 0, 100, { first: 0, last: 2 }],
  ['a row that begins at the lower edge is not seen', 0, 120, { first: 0, last: 2 }],
  ['one pixel of a row at either edge is', 43, 122, { first: 0, last: 4 }],
  ['the first row has just gone', 44, 38, { first: 1, last: 1 }],
  ['scrolled to the end', 140, 100, { first: 3, last: 5 }],
  ['scrolled beyond the end, as by a finger', 500, 100, { first: 5, last: 5 }],
  ['scrolled before the beginning', -60, 100, { first: 0, last: 0 }],
  ['a box that is not measured yet', 0, 0, { first: 0, last: -1 }],
])('seen: %s', (_, top, height, rows) => {
  expect(seenRows(TOPS, top, height)).toEqual(rows)
})

test('of no rows none is seen', () => {
  const seen = seenRows([0], 0, 100)
  expect(seen.last).toBeLessThan(seen.first)
  expect(renderedRows(seen, 0, [0])).toEqual([])
})

test('renders the rows seen, twelve beyond each end, and those that are always there, in order and once', () => {
  const rows = renderedRows({ first: 100, last: 110 }, 1_000, [900, 3, 104, -1, 1_000])
  expect(rows).toEqual([3, ...Array.from({ length: 35 }, (_, place) => 88 + place), 900])
})

test('renders nothing beyond the ends of the list, and only what is always there before the box is measured', () => {
  expect(renderedRows({ first: 0, last: 2 }, 6, [])).toEqual([0, 1, 2, 3, 4, 5])
  expect(renderedRows({ first: 0, last: -1 }, 6, [0, 4])).toEqual([0, 4])
})

test.each([
  ['a row in sight', 2, 0, 0],
  ['a row below, up to the lower edge', 5, 0, 240 - 126],
  ['a row that the height of the header cuts off', 3, 0, 164 - 126],
  ['a row above, under the head of its group', 1, 164, 0],
  ['a row that the head of its group would hide', 4, 150, 120],
  ['the first row', 0, 90, 0],
])('scrolls to show %s', (_, index, top, wanted) => {
  expect(topThatShows(TOPS, index, { top, height: 160, above: 44, below: 34 })).toBe(wanted)
})
