import { COLUMNS } from '../../lib/fleet/columns-table.ts'
import type { ColumnId } from '../../lib/fleet/columns-table.ts'

/** Wide enough for the button of a row's menu, which stands in the last track. */
const ACTIONS = 46

/** The grid of the shown columns: its template, and the pixels below which the table scrolls sideways. */
export function columnTracks(columns: readonly ColumnId[]): { template: string; minWidth: number } {
  const grows = columns.some((id) => COLUMNS[id].grow > 0)
  const tracks = columns.map((id, place) => {
    const { width, grow } = COLUMNS[id]
    const share = grows ? grow : place === 0 ? 1 : 0
    return share > 0 ? `minmax(${width}px, ${width + share * 60}fr)` : `${width}px`
  })
  const minWidth = columns.reduce((sum, id) => sum + COLUMNS[id].width, ACTIONS)
  return { template: `${tracks.join(' ')} ${ACTIONS}px`, minWidth }
}
