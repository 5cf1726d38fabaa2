import { echo } from '../../commands/echo.ts'
import { kill } from '../../commands/kill.ts'
import { printf } from '../../commands/printf.ts'
import { bracket, test } from '../../commands/test.ts'
import type { Process } from '../../system/process.ts'
import { messagePrefix, type Shell } from '../shell.ts'
import type { Builtin } from './builtin.ts'
import { command, hash, type } from './command.ts'
import { breakLoop, continueLoop, exit, returnFrom } from './control.ts'
import { changeDirectory, printDirectory } from './directory.ts'
import { evalText, exec, source, trap } from './evaluate.ts'
import { getopts } from './getopts.ts'
import { jobs, wait } from './jobs.ts'
import { read } from './read.ts'
import { set, shift, shopt, umask } from './set.ts'
import { declare, exportNames, local, makeReadonly, unset } from './variables.ts'

const program =
  (run: (process: Process, args: string[], prefix: string) => Promise<number>): Builtin =>
  (shell, args) =>
    run(shell.process, args, messagePrefix(shell))

const succeed: Builtin = () => Promise.resolve(0)

/** POSIX's special builtins: assignments before them stay. */
const SPECIAL: Record<string, Builtin> = {
  '.': source,
  ':': succeed,
  break: breakLoop,
  continue: continueLoop,
  eval: evalText,
  exec,
  exit,
  export: exportNames,
  readonly: makeReadonly,
  return: returnFrom,
  set,
  shift,
  trap,
  unset,
}

/** What the shell runs without a process of its own. */
const BUILTINS: Record<string, Builtin> = {
  ...SPECIAL,
  '[': program(bracket),
  cd: changeDirectory,
  command,
  declare,
  echo: (shell, args) => echo(shell.process, args, shell.dialect.name === 'dash'),
  false: () => Promise.resolve(1),
  getopts,
  hash,
  jobs,
  kill: program(kill),
  local,
  printf: (shell, args) => printf(shell.process, args),
  pwd: printDirectory,
  read,
  shopt,
  source,
  test: program(test),
  true: succeed,
  type,
  typeset: declare,
  umask,
  wait,
}

/** What only bash has. */
const BASH_ONLY = new Set(['declare', 'typeset', 'shopt', 'source'])

/** The builtin of that name in this shell. */
export function findBuiltin(shell: Shell, name: string): Builtin | undefined {
  if (!Object.hasOwn(BUILTINS, name)) return undefined
  return BASH_ONLY.has(name) && shell.dialect.name !== 'bash' ? undefined : BUILTINS[name]
}

export const isSpecial = (name: string) => Object.hasOwn(SPECIAL, name)
