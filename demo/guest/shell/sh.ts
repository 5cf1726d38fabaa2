import type { Program } from '../system/process.ts'
import { isSystemError } from '../system/errno.ts'
import { print, standardInput, writeText, type Process } from '../system/process.ts'
import { openOperand, readText } from '../system/read-lines.ts'
import { SIGNALS } from '../system/signals.ts'
import { shellInput } from './shell-input.ts'
import { findBuiltin } from './builtins/table.ts'
import { DIALECTS, type Dialect, type ShellSource } from './dialect.ts'
import { finishShell } from './finish-shell.ts'
import { commandParser } from './parser.ts'
import { readInvocation, type Invocation } from './invocation.ts'
import { promptText } from './prompt.ts'
import { invoke } from './run-simple.ts'
import { runList } from './run-list.ts'
import { messagePrefix, type Shell } from './shell.ts'
import { isSyntaxError, type ShellSyntaxError } from './syntax-error.ts'
import type { List } from './syntax-tree.ts'

/** Takes a mistake in the syntax: says it in the shell's words, and ends what was being read with 2. */
async function sayFault(shell: Shell, error: ShellSyntaxError, text: string): Promise<void> {
  const past =
    error.fault.unexpected === 'end of file' && shell.dialect.name === 'bash' && !text.endsWith('\n')
  shell.line = error.fault.line + (past ? 1 : 0)
  const sourceLine = text.split('\n')[error.fault.line - 1] ?? ''
  const where =
    shell.dialect.name === 'bash' && shell.source === 'command'
      ? `${shell.name}: -c: line ${shell.line}: `
      : messagePrefix(shell)
  for (const message of shell.dialect.syntaxError(error.fault, sourceLine))
    await writeText(shell.process, 2, `${where}${message}\n`)
  shell.status = 2
}

/** Runs a whole text; a mistake ends the shell, but not what was run before it. */
async function runText(shell: Shell, text: string): Promise<number> {
  const parser = commandParser(text, shell.dialect.name === 'bash')
  for (;;) {
    let list: List | undefined
    try {
      list = parser.next()
    } catch (error) {
      if (!isSyntaxError(error)) throw error
      await sayFault(shell, error, text)
      if (shell.source !== 'interactive') shell.unwind = { to: 'exit' }
      return shell.status
    }
    if (!list) return shell.status
    await runList(shell, list)
    if (shell.unwind) return shell.status
  }
}

/**
 * Reads commands from standard input, each as soon as its last line is there, and leaves what follows for the commands
 * themselves. Prompts only when interactive.
 */
async function runInput(shell: Shell): Promise<number> {
  const { process } = shell
  const interactive = shell.source === 'interactive'
  const input = shellInput(shell, standardInput(process))
  let text = ''
  let line = 1
  let delimiter: string | undefined
  for (;;) {
    const next = await input.next(interactive ? promptText(shell, text === '' ? 'PS1' : 'PS2') : '')
    if (next === 'given-up') {
      shell.status = 128 + SIGNALS.INT
      text = ''
      delimiter = undefined
      continue
    }
    if (next) text += `${next.text}${next.ended ? '\n' : ''}`
    else if (text === '') break
    // A long here-document is not parsed again for each of its lines.
    if (next && delimiter !== undefined && next.text.trimStart() !== delimiter) continue
    delimiter = undefined
    try {
      const list = commandParser(text, shell.dialect.name === 'bash', line).next()
      line += text.split('\n').length - 1
      text = ''
      if (list) await input.whileRunning(() => runList(shell, list))
    } catch (error) {
      if (!isSyntaxError(error)) throw error
      if (error.incomplete && next) {
        ;({ delimiter } = error)
        continue
      }
      await sayFault(shell, error, text)
      text = ''
      if (!interactive) return shell.status
    }
    if (shell.unwind || !next) break
  }
  input.close()
  if (interactive && !shell.unwind)
    await writeText(process, 2, shell.dialect.name === 'bash' ? 'exit\n' : '\n')
  return shell.status
}

function newShell(process: Process, dialect: Dialect, name: string, source: ShellSource): Shell {
  const env = [...process.env].map(
    ([key, value]) => [key, { value, exported: true, readonly: false }] as const,
  )
  const plain = (value: string) => ({ value, exported: false, readonly: false })
  return {
    process,
    dialect,
    name,
    source,
    positional: [],
    variables: new Map([
      ['IFS', plain(' \t\n')],
      ['PS4', plain('+ ')],
      ['OPTIND', plain('1')],
      ...(dialect.name === 'bash'
        ? ([
            ['BASH_VERSION', plain('5.2.21(1)-release')],
            ['BASH', plain('/usr/bin/bash')],
            ['UID', plain('0')],
            ['EUID', plain('0')],
          ] as const)
        : []),
      ...env,
      ['PWD', { value: process.cwd, exported: true, readonly: false }],
    ]),
    marked: new Set(),
    functions: new Map(),
    aliases: new Map(),
    options: {
      errexit: false,
      nounset: false,
      xtrace: false,
      noglob: false,
      noexec: false,
      allexport: false,
      pipefail: false,
    },
    status: 0,
    substituted: 0,
    lastBackground: 0,
    unwind: undefined,
    line: 1,
    mainPid: process.pid,
    tested: 0,
    loops: 0,
    locals: [],
    jobs: [],
    traps: new Map(),
    caught: [],
    run: runList,
    invoke,
    isBuiltin: (shell, each) => findBuiltin(shell, each) !== undefined,
    runText,
  }
}

/** A shell with a trap takes the signal, and runs the trap after the command that is running. */
function catchSignals(shell: Shell): void {
  const { process } = shell
  const die = process.deliver
  process.deliver = (signal) => {
    const name = Object.entries(SIGNALS).find(([, number]) => number === signal)?.[0] ?? ''
    if (signal !== SIGNALS.KILL && shell.traps.has(name)) shell.caught.push(name)
    else die(signal)
  }
}

const shellProgram =
  (kind: Dialect['name']): Program =>
  async (process, args) => {
    const dialect = DIALECTS[kind]
    const argv0 = process.machine.tasks.find(process.pid)?.argv[0] ?? kind
    const shell = newShell(process, dialect, argv0.replace(/^-/, ''), 'stdin')
    catchSignals(shell)
    if (args[0] === '--version' && kind === 'bash') {
      await print(process, 'GNU bash, version 5.2.21(1)-release (x86_64-pc-linux-gnu)\n')
      return 0
    }
    const invocation = readInvocation(args, shell.options)
    if (invocation.bad !== '') {
      const { name } = shell
      await writeText(
        process,
        2,
        kind === 'bash'
          ? `${name}: ${invocation.bad}: invalid option\n`
          : `${name}: 0: Illegal option ${invocation.bad}\n`,
      )
      return 2
    }
    await start(shell, invocation)
    return finishShell(shell)
  }

async function start(shell: Shell, { rest, isCommand, interactive, standard }: Invocation): Promise<void> {
  const { process, dialect } = shell
  const [first, ...more] = rest
  if (isCommand) {
    if (first === undefined) {
      await writeText(
        process,
        2,
        dialect.name === 'bash'
          ? `${shell.name}: -c: option requires an argument\n`
          : `${shell.name}: 0: -c requires an argument\n`,
      )
      shell.status = 2
      return
    }
    shell.source = 'command'
    const [name, ...positional] = more
    if (name !== undefined) shell.name = name
    shell.positional = positional
    shell.status = await runText(shell, first)
    return
  }
  if (first !== undefined && !standard) return runFile(shell, first, more)
  shell.positional = rest
  if (interactive) {
    shell.source = 'interactive'
    const terminal = process.files.get(0)?.terminal !== undefined
    if (terminal && dialect.name === 'bash') await readProfile(shell)
    const warnings =
      dialect.name === 'bash'
        ? [
            `${shell.name}: cannot set terminal process group (-1): Inappropriate ioctl for device`,
            `${shell.name}: no job control in this shell`,
          ]
        : [`${shell.name}: 0: can't access tty; job control turned off`]
    if (!terminal) await writeText(process, 2, `${warnings.join('\n')}\n`)
  }
  shell.status = await runInput(shell)
}

/** What bash reads first when somebody types to it. */
async function readProfile(shell: Shell): Promise<void> {
  const { process } = shell
  const path = `${process.env.get('HOME') ?? ''}/.bashrc`
  if (process.machine.files.find(path)?.type !== 'file') return
  await runText(shell, await readText(process, openOperand(process, path)))
}

async function runFile(shell: Shell, path: string, positional: string[]): Promise<void> {
  const { process } = shell
  shell.source = 'file'
  shell.positional = positional
  let text: string
  try {
    text = await readText(process, openOperand(process, path))
  } catch (error) {
    if (!isSystemError(error)) throw error
    const missing = error.errno === 'ENOENT'
    const bash =
      error.errno === 'EISDIR'
        ? `${path}: ${path}: ${error.message}`
        : `${shell.name}: ${path}: ${error.message}`
    const dash = `${shell.name}: 0: cannot open ${path}: ${missing ? 'No such file' : error.message}`
    await writeText(process, 2, `${shell.dialect.name === 'bash' ? bash : dash}\n`)
    shell.status = missing ? (shell.dialect.name === 'bash' ? 127 : 2) : 126
    return
  }
  shell.name = path
  shell.status = await runText(shell, text)
}

export const sh = shellProgram('dash')
export const bash = shellProgram('bash')
