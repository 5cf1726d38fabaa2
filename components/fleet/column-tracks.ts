import { COLUMNS } from '../../lib/fleet/columns-table.ts'
import type { ColumnId } from '../../lib/fleet/columns-table.ts'

/** The grid of the shown columns: its template, and the pixels below which the table scrolls sideways. */
export function columnTracks(columns: readonly ColumnId[]): { template: string; minWidth: number } {
  const grows = columns.some((id) => COLUMNS[id].grow > 0)
  const tracks = columns.map((id, place) => {
    const { width, grow } = COLUMNS[id]
    const share = grows ? grow : place === 0 ? 1 : 0
    return share > 0 ? `minmax(${width}px, ${width + share * 60}fr)` : `${width}px`
  })
  return { template: tracks.join(' '), minWidth: columns.reduce((sum, id) => sum + COLUMNS[id].width, 0) }
}
