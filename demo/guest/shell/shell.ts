import type { OpenFile } from '../system/open-file.ts'
import type { Process } from '../system/process.ts'
import type { Dialect, ShellSource } from './dialect.ts'
import type { Command, List } from './syntax-tree.ts'

export interface Variable {
  value: string
  exported: boolean
  readonly: boolean
}

/** Options by the letter or name of `set`. */
export interface ShellOptions {
  errexit: boolean
  nounset: boolean
  xtrace: boolean
  noglob: boolean
  noexec: boolean
  allexport: boolean
  pipefail: boolean
}

/** A jump that is under way, out of loops, a function, or the shell. */
export type Unwind = { to: 'break' | 'continue'; levels: number } | { to: 'return' | 'exit' | 'prompt' }

export interface Job {
  number: number
  pid: number
  /** The signal that ended it, once one has. */
  killedBy: () => number | undefined
  text: string
  ended: Promise<number>
  code: number | undefined
}

/** A shell, or a subshell of one. */
export interface Shell {
  process: Process
  dialect: Dialect
  /** $0, which also begins each message. */
  name: string
  source: ShellSource
  positional: string[]
  variables: Map<string, Variable>
  /** Names that were exported before they had a value. */
  marked: Set<string>
  functions: Map<string, Command>
  aliases: Map<string, string>
  options: ShellOptions
  status: number
  /** The status of the last command substitution, which a command of assignments only takes over. */
  substituted: number
  lastBackground: number
  unwind: Unwind | undefined
  line: number
  /** `$$`: the shell's own pid, in its subshells too. */
  mainPid: number
  /** More than zero where a failure must not end a shell with `set -e`. */
  tested: number
  loops: number
  /** Saved variables of the functions that run. */
  locals: Map<string, Variable | undefined>[]
  jobs: Job[]
  traps: Map<string, string>
  /** Signals that came in and whose traps have not run yet. */
  caught: string[]
  /** Runs commands; the interpreter gives itself, so that expansions can run substitutions. */
  run: (shell: Shell, list: List) => Promise<number>
  /** Runs a builtin or program by its words: functions do not count. */
  invoke: (shell: Shell, words: string[]) => Promise<number>
  isBuiltin: (shell: Shell, name: string) => boolean
  /** Parses and runs a text, as `eval` and traps do. */
  runText: (shell: Shell, text: string) => Promise<number>
}

/** The message that ends what a shell is doing: the command, or a shell that is not interactive. */
export function shellError(
  message: string,
  code = 2,
  fatal = true,
): Error & { code: number; fatal: boolean } {
  return Object.assign(new Error(message), { code, fatal })
}

export function isShellError(error: unknown): error is Error & { code: number; fatal: boolean } {
  return error instanceof Error && 'fatal' in error && 'code' in error && typeof error.code === 'number'
}

/** A subshell: what it changes does not show in its parent. */
export function subshell(shell: Shell, process: Process): Shell {
  return {
    ...shell,
    process,
    positional: [...shell.positional],
    variables: new Map([...shell.variables].map(([name, variable]) => [name, { ...variable }])),
    marked: new Set(shell.marked),
    functions: new Map(shell.functions),
    aliases: new Map(shell.aliases),
    options: { ...shell.options },
    locals: shell.locals.map((each) => new Map(each)),
    jobs: [],
    traps: new Map(),
    caught: [],
    loops: 0,
    unwind: undefined,
  }
}

/** Begins a message, as this shell does. */
export const messagePrefix = (shell: Shell) => shell.dialect.prefix(shell.name, shell.line, shell.source)

export interface SavedFile {
  fd: number
  file: OpenFile | undefined
}
