import { breathe } from '../system/breathe.ts'
import { isSystemError } from '../system/errno.ts'
import { writeText } from '../system/process.ts'
import { SIGNALS } from '../system/signals.ts'
import { becomeProgram, findProgram, spawn } from '../system/spawn.ts'
import { findBuiltin, isSpecial } from './builtins/table.ts'
import { expandAlias } from './expand-alias.ts'
import { expandFields, expandText } from './expand.ts'
import { quoteWord } from './quote-word.ts'
import { redirect, restoreFiles } from './redirect.ts'
import { sayKilled } from './say-killed.ts'
import { messagePrefix, shellError, type Shell, type Variable } from './shell.ts'
import type { Assignment, Command, SimpleCommand } from './syntax-tree.ts'
import { restoreLocals, setVariable } from './variables.ts'

/** Deepest nesting of functions; more would be a loop that never ends. */
const MAX_DEPTH = 1_000

/** Runs a simple command; `last` is true where a program may take the shell's own place. */
export async function runSimple(shell: Shell, command: SimpleCommand, last: boolean): Promise<number> {
  await breathe(shell.process.signal)
  shell.substituted = 0
  const words = await expandFields(shell, expandAlias(shell, command.words))
  const [name] = words
  if (shell.options.noexec && shell.source !== 'interactive') return 0
  if (name === undefined) return assignOnly(shell, command)
  const assigned = await assignedValues(shell, command.assignments)
  if (shell.options.xtrace)
    await trace(shell, [
      ...assigned.map(([key, value]) => `${key}=${traced(shell, value)}`),
      ...words.map((word) => traced(shell, word)),
    ])
  const saved = command.redirects.length > 0 ? await redirect(shell, command.redirects) : []
  let keep = false
  try {
    const body = shell.functions.get(name)
    const builtin = findBuiltin(shell, name)
    if (builtin && isSpecial(name)) {
      for (const [key, value] of assigned) setVariable(shell, key, value)
      keep = name === 'exec' && words.length === 1
      return await builtin(shell, words.slice(1))
    }
    if (!body && !builtin) return await runProgram(shell, words, assigned, last)
    const before = assignFor(shell, assigned)
    try {
      if (body) return await callFunction(shell, body, words.slice(1))
      return (await builtin?.(shell, words.slice(1))) ?? 0
    } finally {
      restoreLocals(shell, before)
    }
  } finally {
    if (keep) for (const { file } of saved) file?.release()
    else restoreFiles(shell, saved)
  }
}

/** Runs a builtin or program by its words, as `command` does: functions do not count. */
export async function invoke(shell: Shell, words: string[]): Promise<number> {
  const builtin = findBuiltin(shell, words[0] ?? '')
  return builtin ? builtin(shell, words.slice(1)) : runProgram(shell, words, [], false)
}

async function assignOnly(shell: Shell, command: SimpleCommand): Promise<number> {
  const assigned = await assignedValues(shell, command.assignments, true)
  if (shell.options.xtrace && assigned.length > 0)
    await trace(
      shell,
      assigned.map(([key, value]) => `${key}=${traced(shell, value)}`),
    )
  restoreFiles(shell, await redirect(shell, command.redirects))
  return shell.substituted
}

/** Expands assignments in order; with `now` each is made before the next is expanded. */
async function assignedValues(
  shell: Shell,
  assignments: Assignment[],
  now = false,
): Promise<[string, string][]> {
  const assigned: [string, string][] = []
  for (const { name, value, append } of assignments) {
    const text = await expandText(shell, value)
    const whole = append ? `${shell.variables.get(name)?.value ?? ''}${text}` : text
    if (now) setVariable(shell, name, whole)
    assigned.push([name, whole])
  }
  return assigned
}

/** Assignments before a function or builtin hold while it runs; answers what was there. */
function assignFor(shell: Shell, assigned: [string, string][]): Map<string, Variable | undefined> {
  const before = new Map<string, Variable | undefined>()
  for (const [name, value] of assigned) {
    if (!before.has(name)) before.set(name, shell.variables.get(name))
    setVariable(shell, name, value, true)
  }
  return before
}

async function callFunction(shell: Shell, body: Command, args: string[]): Promise<number> {
  if (shell.locals.length >= MAX_DEPTH)
    throw shellError(`Maximum function recursion depth (${MAX_DEPTH}) reached`)
  const { positional, loops } = shell
  const saved = new Map<string, Variable | undefined>()
  shell.locals.push(saved)
  shell.positional = args
  shell.loops = 0
  try {
    const pipeline = { commands: [body], negated: false, timed: false }
    const status = await shell.run(shell, [{ first: pipeline, rest: [], background: false, text: '' }])
    if (shell.unwind?.to === 'return') shell.unwind = undefined
    return shell.unwind ? status : shell.status
  } finally {
    shell.positional = positional
    shell.loops = loops
    shell.locals.pop()
    restoreLocals(shell, saved)
  }
}

async function runProgram(
  shell: Shell,
  words: string[],
  assigned: [string, string][],
  last: boolean,
): Promise<number> {
  const { process } = shell
  const [name = ''] = words
  const env = new Map([...process.env, ...assigned])
  try {
    // ^C met this shell before there was a program to end.
    if (shell.unwind?.to === 'prompt') return 128 + SIGNALS.INT
    const path = findProgram({ ...process, env }, name)
    if (!last || shell.traps.size > 0) {
      const { child, ended } = spawn(process, path, { argv: words, env })
      const code = await ended
      await sayKilled(shell, child.killedBy, child.pid, words.join(' '))
      return code
    }
    process.env = env
    return await becomeProgram(process, path, words)
  } catch (error) {
    if (!isSystemError(error)) throw error
    const missing = error.errno === 'ENOENT'
    if (error.errno === 'EAGAIN')
      throw shellError(shell.dialect.name === 'bash' ? `fork: ${error.message}` : 'Cannot fork')
    const bashPath = missing && name.includes('/') && shell.dialect.name === 'bash'
    const reason = missing && !bashPath ? shell.dialect.notFound(name) : `${name}: ${error.message}`
    await writeText(process, 2, `${messagePrefix(shell)}${reason}\n`)
    return missing ? 127 : 126
  }
}

/** dash shows words as they are. */
const traced = (shell: Shell, word: string) => (shell.dialect.name === 'bash' ? quoteWord(word) : word)

const trace = (shell: Shell, words: string[]) => writeText(shell.process, 2, `+ ${words.join(' ')}\n`)
