import { applyOptions } from './builtins/set.ts'
import type { ShellOptions } from './shell.ts'

/** How a shell was called. */
export interface Invocation {
  isCommand: boolean
  interactive: boolean
  /** `-s`: commands come from standard input although there are arguments. */
  standard: boolean
  /** The command, the script, or the positional parameters. */
  rest: string[]
  /** An option that no shell has; '' when all are known. */
  bad: string
}

/** Reads a shell's arguments, and sets what `set` would set. */
export function readInvocation(args: readonly string[], options: ShellOptions): Invocation {
  const invocation: Invocation = { isCommand: false, interactive: false, standard: false, rest: [], bad: '' }
  const rest = [...args]
  for (;;) {
    const arg = rest[0]
    if (arg === undefined || !/^[-+]./.test(arg)) break
    rest.shift()
    if (arg === '--') break
    if (arg.startsWith('--')) continue
    for (const letter of arg.slice(1)) {
      if (letter === 'c') invocation.isCommand = true
      else if (letter === 'i') invocation.interactive = true
      else if (letter === 's') invocation.standard = true
      else if (letter !== 'l') {
        const named = letter === 'o' ? [rest.shift() ?? ''] : []
        const { bad } = applyOptions(options, [`${arg[0] ?? '-'}${letter}`, ...named])
        invocation.bad ||= bad ?? ''
      }
    }
  }
  if (rest[0] === '-') rest.shift()
  return { ...invocation, rest }
}
