import type { Editor } from './sed-editor.ts'
import type { Address, Command } from './sed-script.ts'

function hits(editor: Editor, address: Address): boolean {
  if ('line' in address) return editor.line === address.line
  if ('last' in address) return editor.isLast
  if ('step' in address)
    return address.step[1] === 0
      ? editor.line === address.step[0]
      : editor.line >= address.step[0] && (editor.line - address.step[0]) % address.step[1] === 0
  const pattern = address.pattern ?? editor.lastPattern
  editor.lastPattern = pattern
  return pattern?.test(editor.space) ?? false
}

/** Whether a command's addresses hold for this line; ranges remember that they are open. */
export function isSelected(editor: Editor, command: Command): boolean {
  const { from, to } = command
  if (!from) return true
  if (!to) return hits(editor, from)
  if (command.open) {
    const { until } = command.open
    const ends = until === undefined ? !('more' in to) && hits(editor, to) : editor.line >= until
    if (ends) delete command.open
    return until === undefined || editor.line <= until
  }
  const begins = 'line' in from && from.line === 0 ? editor.line === 1 : hits(editor, from)
  if (!begins) return false
  const until = 'more' in to ? editor.line + to.more : 'line' in to ? to.line : undefined
  if (until === undefined || until > editor.line) command.open = { until }
  return true
}
