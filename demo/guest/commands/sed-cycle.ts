import { breathe } from '../system/breathe.ts'
import type { Editor } from './sed-editor.ts'
import { isSelected } from './sed-address.ts'
import { substitute } from './sed-substitute.ts'

/** Runs the script on the pattern space; answers whether it is printed at the end. */
export async function cycle(editor: Editor): Promise<boolean> {
  const { commands } = editor
  for (let at = 0; at < commands.length; at++) {
    const command = commands[at]
    if (!command) break
    await breathe(editor.process.signal)
    const selected = isSelected(editor, command) !== command.negated
    if (command.name === '{') {
      if (!selected) at = command.end ?? at
      continue
    }
    if (!selected) continue
    const jump = () => {
      const target = commands.findIndex((each) => each.name === ':' && each.text === command.text)
      at = command.text === '' || target < 0 ? commands.length : target
    }
    switch (command.name) {
      case 's':
        if (!substitute(editor, command)) break
        editor.substituted = true
        if (command.print) editor.output += `${editor.space}\n`
        break
      case 'y':
        editor.space = Array.from(editor.space, (letter) => command.table?.get(letter) ?? letter).join('')
        break
      case 'd':
        return false
      case 'D': {
        const cut = editor.space.indexOf('\n')
        if (cut < 0) return false
        editor.space = editor.space.slice(cut + 1)
        at = -1
        break
      }
      case 'p':
        editor.output += `${editor.space}\n`
        break
      case 'P':
        editor.output += `${editor.space.split('\n', 1)[0] ?? ''}\n`
        break
      case 'n': {
        if (editor.isLast) return true
        if (!editor.silent) editor.output += `${editor.space}\n`
        editor.space = (await editor.next()) ?? ''
        break
      }
      case 'N': {
        const next = await editor.next()
        if (next === undefined) return true
        editor.space += `\n${next}`
        break
      }
      case 'g':
        editor.space = editor.hold
        break
      case 'G':
        editor.space += `\n${editor.hold}`
        break
      case 'h':
        editor.hold = editor.space
        break
      case 'H':
        editor.hold += `\n${editor.space}`
        break
      case 'x':
        ;[editor.space, editor.hold] = [editor.hold, editor.space]
        break
      case '=':
        editor.output += `${editor.line}\n`
        break
      case 'a':
        editor.after += `${command.text ?? ''}\n`
        break
      case 'i':
        editor.output += `${command.text ?? ''}\n`
        break
      case 'c':
        if (!command.open || command.negated) editor.output += `${command.text ?? ''}\n`
        return false
      case 'q':
      case 'Q':
        editor.quit = Number(command.text ?? 0) || 0
        return command.name === 'q'
      case 'b':
        jump()
        break
      case 't':
        if (editor.substituted) {
          editor.substituted = false
          jump()
        }
        break
      case 'T':
        if (!editor.substituted) jump()
        editor.substituted = false
        break
      default:
    }
  }
  return true
}
