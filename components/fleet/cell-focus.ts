/** The row that an element is, or is in. */
export const rowOf = (target: EventTarget): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null

/**
 * Where an arrow key goes inside a row, from the row into its cells and back; null when it leaves the row to
 * the table. A focused cell shows the whole of a text that it had to cut.
 */
export function cellMove(target: HTMLElement, key: string): HTMLElement | null {
  const row = rowOf(target)
  if (row === null || (key !== 'ArrowLeft' && key !== 'ArrowRight')) return null
  const cells = [...row.querySelectorAll<HTMLElement>('[aria-colindex]')]
  const at = target === row ? -1 : cells.indexOf(target)
  if (key === 'ArrowRight') return cells[at + 1] ?? null
  if (at < 0) return null
  return cells[at - 1] ?? row
}
