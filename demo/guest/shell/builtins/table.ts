import { echo } from '../../commands/echo.ts'
import { kill } from '../../commands/kill.ts'
import { bracket, test } from '../../commands/test.ts'
import type { Process } from '../../system/process.ts'
import { messagePrefix, type Shell } from '../shell.ts'
import { alias, unalias } from './alias.ts'
import type { Builtin } from './builtin.ts'
import { command, hash, type } from './command.ts'
import { breakLoop, continueLoop, exit, returnFrom } from './control.ts'
import { changeDirectory, printDirectory } from './directory.ts'
import { evalText, exec, source, trap } from './evaluate.ts'
import { getopts } from './getopts.ts'
import { jobs, wait } from './jobs.ts'
import { evaluateAll } from './let.ts'
import { printInto } from './printf.ts'
import { read } from './read.ts'
import { set, shift, shopt, umask } from './set.ts'
import { declare, exportNames, local, makeReadonly, unset } from './variables.ts'

const program =
  (run: (process: Process, args: string[], prefix: string) => Promise<number>): Builtin =>
  (shell, args) =>
    run(shell.process, args, messagePrefix(shell))

/** A shell that kills itself does not go on. */
const killOwn: Builtin = async (shell, args) => {
  const status = await kill(shell.process, args, messagePrefix(shell))
  shell.process.signal.throwIfAborted()
  return status
}

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
  alias,
  unalias,
  cd: changeDirectory,
  command,
  declare,
  echo: (shell, args) => echo(shell.process, args, shell.dialect.name === 'dash'),
  false: () => Promise.resolve(1),
  getopts,
  hash,
  jobs,
  kill: killOwn,
  let: evaluateAll,
  local,
  printf: printInto,
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
const BASH_ONLY = new Set(['declare', 'typeset', 'shopt', 'source', 'let'])

/** The builtin of that name in this shell. */
export function findBuiltin(shell: Shell, name: string): Builtin | undefined {
  if (!Object.hasOwn(BUILTINS, name)) return undefined
  return BASH_ONLY.has(name) && shell.dialect.name !== 'bash' ? undefined : BUILTINS[name]
}

export const isSpecial = (name: string) => Object.hasOwn(SPECIAL, name)
