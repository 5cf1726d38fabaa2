import { breathe } from '../system/breathe.ts'
import { fromDirectory } from '../system/path.ts'
import { regularFile } from '../system/file-node.ts'
import { complain, print, type Process } from '../system/process.ts'
import { lineBatches, openOperand, readText } from '../system/read-lines.ts'
import { eachFile } from './each-file.ts'
import { withOptions } from './options.ts'
import { isScriptMistake, parseSed, type Address, type Command } from './sed-script.ts'

interface Editor {
  process: Process
  commands: Command[]
  silent: boolean
  space: string
  hold: string
  line: number
  isLast: boolean
  lastPattern: RegExp | undefined
  substituted: boolean
  output: string
  after: string
  quit: number | undefined
  /** Takes the next line into the pattern space; false at the end. */
  next: () => Promise<string | undefined>
}

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

function isSelected(editor: Editor, command: Command): boolean {
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

function substitute(editor: Editor, command: Command): boolean {
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

/** Runs the script on the pattern space; answers whether it is printed at the end. */
async function cycle(editor: Editor): Promise<boolean> {
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

/** One line after another, each known to be the last or not. */
async function* linesOf(
  process: Process,
  names: string[],
  failed: (code: number) => void,
): AsyncGenerator<{ text: string; open: boolean; last: boolean }> {
  let held: { text: string; open: boolean } | undefined
  for (const name of names.length > 0 ? names : ['-']) {
    const lines: { text: string; open: boolean }[][] = []
    let reader: AsyncGenerator<{ lines: string[]; open: boolean }> | undefined
    const status = await eachFile(
      process,
      [name],
      async (file) => {
        // Opened here for its error only; standard input is read as it comes.
        reader = name === '-' ? lineBatches(process, file) : undefined
        if (!reader)
          for await (const batch of lineBatches(process, file))
            lines.push(batch.lines.map((text) => ({ text, open: batch.open })))
      },
      (each) => `can't read ${each}`,
    )
    if (status !== 0) failed(2)
    for (const batch of lines) {
      for (const line of batch) {
        if (held) yield { ...held, last: false }
        held = line
      }
    }
    for await (const batch of reader ?? []) {
      for (const text of batch.lines) {
        if (held) yield { ...held, last: false }
        held = { text, open: batch.open }
      }
    }
  }
  if (held) yield { ...held, last: true }
}

async function edit(
  process: Process,
  commands: Command[],
  silent: boolean,
  names: string[],
  write: (text: string) => Promise<void>,
): Promise<number> {
  let status = 0
  const lines = linesOf(process, names, (code) => (status = code))
  const editor: Editor = {
    process,
    commands,
    silent,
    space: '',
    hold: '',
    line: 0,
    isLast: false,
    lastPattern: undefined,
    substituted: false,
    output: '',
    after: '',
    quit: undefined,
    next: () => take(),
  }
  let open = false
  const take = async () => {
    const { value } = await lines.next()
    if (!value) return undefined
    editor.line++
    editor.isLast = value.last
    ;({ open } = value)
    return value.text
  }
  for (let text = await take(); text !== undefined; text = await take()) {
    editor.space = text
    editor.substituted = false
    const shown = await cycle(editor)
    if (shown && !silent) editor.output += open && editor.after === '' ? editor.space : `${editor.space}\n`
    const output = editor.output + editor.after
    editor.output = ''
    editor.after = ''
    await write(output)
    if (editor.quit !== undefined) return editor.quit
  }
  return status
}

const LONG = {
  quiet: 'n',
  silent: 'n',
  expression: 'e',
  'in-place': 'i',
  'regexp-extended': 'E',
  file: 'f',
  separate: 's',
}

/** `-i.bak` is taken as `-i`: no copy is kept. */
const withoutSuffix = (args: string[]) => args.map((arg) => (/^-i[^nErse]/.test(arg) ? '-i' : arg))

export const sed = (process: Process, args: string[]) =>
  withOptions(
    process,
    withoutSuffix(args),
    { letters: 'ne:irEf:su', long: LONG },
    async ({ flags, values, lists, operands }) => {
      const scriptFile = values.get('f')
      const script =
        scriptFile === undefined
          ? (lists.get('e')?.join('\n') ?? operands.shift())
          : await readText(process, openOperand(process, scriptFile))
      if (script === undefined)
        return complain(process, 'Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...')
      const parse = () => parseSed(script, flags.has('E') || flags.has('r'))
      try {
        if (!flags.has('i'))
          return await edit(process, parse(), flags.has('n'), operands, (text) => print(process, text))
        let status = 0
        for (const name of operands) {
          let text = ''
          const code = await edit(
            process,
            parse(),
            flags.has('n'),
            [name],
            async (piece) => void (text += piece),
          )
          if (code === 0)
            process.machine.files.put(fromDirectory(process.cwd, name), {
              ...regularFile(text),
              mtime: process.machine.clock.now(),
            })
          status ||= code
        }
        return status
      } catch (error) {
        if (!isScriptMistake(error) && !(error instanceof SyntaxError)) throw error
        return complain(process, `sed: ${error.message}`)
      }
    },
  )
