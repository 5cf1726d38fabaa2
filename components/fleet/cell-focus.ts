/** The row that an element is, or is in. */
export const rowOf = (target: EventTarget): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null

/** The button of a row's menu. */
const menuIn = (element: Element): HTMLElement | null =>
  element.querySelector<HTMLElement>('[data-row-menu] > button')

/** A cell that holds the row's menu gives it the focus; any other takes it itself. */
const focusable = (cell: HTMLElement | undefined): HTMLElement | null =>
  cell === undefined ? null : cell.role === 'gridcell' ? (menuIn(cell) ?? cell) : cell

/**
 * Where an arrow key goes inside a row, from the row into its cells and back; null when it leaves the row to
 * the table. A focused cell shows the whole of a text that it had to cut.
 */
export function cellMove(target: HTMLElement, key: string): HTMLElement | null {
  const row = rowOf(target)
  if (row === null || (key !== 'ArrowLeft' && key !== 'ArrowRight')) return null
  const cells = [...row.querySelectorAll<HTMLElement>('[aria-colindex]')]
  const at = target === row ? -1 : cells.findIndex((cell) => cell.contains(target))
  if (key === 'ArrowRight') return focusable(cells[at + 1])
  if (at < 0) return null
  return focusable(cells[at - 1]) ?? row
}

const isMenuKey = ({ key, shiftKey }: { key: string; shiftKey: boolean }) =>
  key === 'ContextMenu' || (key === 'F10' && shiftKey)

/** Opens the menu of a row by the keys that open menus everywhere; says whether it did. */
export function openRowMenu(row: HTMLElement, event: { key: string; shiftKey: boolean }): boolean {
  const button = isMenuKey(event) ? menuIn(row) : null
  button?.click()
  return button !== null
}
