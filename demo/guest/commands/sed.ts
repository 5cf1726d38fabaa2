import { fromDirectory } from '../system/path.ts'
import { regularFile } from '../system/file-node.ts'
import { complain, print, type Process } from '../system/process.ts'
import { openOperand, readText } from '../system/read-lines.ts'
import { withOptions } from './options.ts'
import type { Editor } from './sed-editor.ts'
import { cycle } from './sed-cycle.ts'
import { linesOf } from './sed-lines.ts'
import { isScriptMistake, parseSed, type Command } from './sed-script.ts'

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
