/** What every row of the table gets, beside what it shows. All plain values: rows are memoised. */
export interface RowPlace {
  /** Of the item in the arrangement; the row's `aria-rowindex` follows from it. */
  index: number
  top: number
  height: number
  /** The row that Tab reaches; the arrow keys go on from it. */
  active: boolean
}

/** Where a row stands. The header is row 1, so the first item is row 2. */
export function rowAttributes({ index, top, height, active }: RowPlace) {
  return {
    role: 'row',
    'data-row': index,
    'aria-rowindex': index + 2,
    tabIndex: active ? 0 : -1,
    style: { height, transform: `translateY(${top}px)` },
  } as const
}

/** The first cell of a row names it. Real table elements cannot be virtual rows of a tree grid, roles can. */
export function nameCell() {
  return { role: 'rowheader', 'aria-colindex': 1, tabIndex: -1 } as const
}

/** A cell at a column, counted from 1. */
export function cell(column: number, span = 1) {
  return {
    role: 'gridcell',
    'aria-colindex': column,
    'aria-colspan': span === 1 ? undefined : span,
    tabIndex: -1,
  } as const
}

/** The table as a whole; the header is a row too. */
export function treeGrid(rows: number, columns: number) {
  return {
    role: 'treegrid',
    'aria-label': 'Fleet',
    'aria-rowcount': rows + 1,
    'aria-colcount': columns,
    'aria-multiselectable': true,
  } as const
}

/** The header's rows, and the body's. */
export function rowGroup() {
  return { role: 'rowgroup' } as const
}

export function headRow() {
  return { role: 'row', 'aria-rowindex': 1 } as const
}

const ARIA_SORT = { asc: 'ascending', desc: 'descending' } as const

export function headCell(column: number, sorted: 'asc' | 'desc' | null) {
  return {
    role: 'columnheader',
    'aria-colindex': column,
    'aria-sort': sorted === null ? undefined : ARIA_SORT[sorted],
  } as const
}

/** The row that Tab reaches: where the focus goes when something beside the table gives it back. */
export function activeRow(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[data-row][tabindex="0"]')
}
