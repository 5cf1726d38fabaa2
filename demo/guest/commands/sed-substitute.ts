import type { Editor } from './sed-editor.ts'
import type { Command } from './sed-script.ts'

/** Puts `&`, `\1` and the case changes of GNU's sed into a replacement. */
function replacementFor(text: string, match: RegExpExecArray): string {
  let result = ''
  let mode = ''
  let once = ''
  const add = (piece: string) => {
    let shown = mode === 'U' ? piece.toUpperCase() : mode === 'L' ? piece.toLowerCase() : piece
    if (once !== '' && shown !== '') {
      shown = (once === 'u' ? shown.charAt(0).toUpperCase() : shown.charAt(0).toLowerCase()) + shown.slice(1)
      once = ''
    }
    result += shown
  }
  for (let i = 0; i < text.length; i++) {
    const letter = text[i] ?? ''
    if (letter === '&') add(match[0])
    else if (letter !== '\\') add(letter)
    else {
      const next = text[++i] ?? ''
      if (/\d/.test(next)) add(next === '0' ? match[0] : (match[Number(next)] ?? ''))
      else if ('UL'.includes(next)) mode = next
      else if (next === 'E') mode = ''
      else if ('ul'.includes(next)) once = next
      else add(next === 'n' ? '\n' : next === 't' ? '\t' : next)
    }
  }
  return result
}

/** `s/…/…/`: answers whether anything was replaced. */
export function substitute(editor: Editor, command: Command): boolean {
  const pattern = command.pattern ?? editor.lastPattern
  if (!pattern) return false
  editor.lastPattern = pattern
  const regex = new RegExp(pattern.source, `${pattern.flags}g`)
  let count = 0
  let changed = false
  let result = ''
  let at = 0
  for (let match = regex.exec(editor.space); match; match = regex.exec(editor.space)) {
    if (match[0] === '') regex.lastIndex++
    // Nothing may match right behind what has just matched.
    if (match[0] === '' && match.index === at && count > 0) continue
    count++
    const wanted = count >= (command.nth ?? 1) && (command.global || count === command.nth)
    result +=
      editor.space.slice(at, match.index) +
      (wanted ? replacementFor(command.replacement ?? '', match) : match[0])
    at = match.index + match[0].length
    changed ||= wanted
    if (wanted && !command.global) break
  }
  editor.space = result + editor.space.slice(at)
  return changed
}
