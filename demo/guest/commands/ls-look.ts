import type { FileNode } from '../system/file-node.ts'
import type { Terminal } from '../system/open-file.ts'

/** What a name is shown as, and how much room it takes without its colours. */
export interface Shown {
  text: string
  width: number
}

/** GNU's colours: directories, links, devices, programs, and directories that everybody may write to. */
function colourOf(node: FileNode): string {
  if (node.type === 'directory') return (node.mode & 0o1002) === 0o1002 ? '30;42' : '01;34'
  if (node.type === 'link') return '01;36'
  if (node.type === 'device') return '40;33;01'
  return (node.mode & 0o111) === 0 ? '' : '01;32'
}

/** A name with the colour of what it names. */
export function paint(name: string, node: FileNode): string {
  const colour = colourOf(node)
  return colour === '' ? name : `\u001B[${colour}m${name}\u001B[0m`
}

const GAP = 2

/** In as many columns as there is room for, from top to bottom. */
export function inColumns(names: readonly Shown[], terminal: Terminal): string {
  const room = terminal.settings.columns
  const layout = (rows: number) => {
    const columns = Math.ceil(names.length / rows)
    return Array.from({ length: columns }, (_, column) =>
      Math.max(...names.slice(column * rows, (column + 1) * rows).map(({ width }) => width)),
    )
  }
  let rows = 1
  const wide = (widths: readonly number[]) => widths.reduce((sum, width) => sum + width + GAP, -GAP)
  while (rows < names.length && wide(layout(rows)) >= room) rows += 1
  const widths = layout(rows)
  const line = (row: number) =>
    widths
      .flatMap((width, column) => {
        const shown = names[column * rows + row]
        return shown === undefined ? [] : [{ shown, width }]
      })
      .map(({ shown, width }, at, all) =>
        at === all.length - 1 ? shown.text : shown.text + ' '.repeat(width - shown.width + GAP),
      )
      .join('')
  return names.length === 0 ? '' : `${Array.from({ length: rows }, (_, row) => line(row)).join('\n')}\n`
}
