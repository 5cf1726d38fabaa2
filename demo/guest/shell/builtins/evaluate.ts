import { isSystemError } from '../../system/errno.ts'
import { print } from '../../system/process.ts'
import { readText, openOperand } from '../../system/read-lines.ts'
import { becomeProgram, findProgram } from '../../system/spawn.ts'
import { signalNumber, SIGNALS } from '../../system/signals.ts'
import { shellError } from '../shell.ts'
import { refuse, type Builtin } from './builtin.ts'

export const evalText: Builtin = async (shell, args) => {
  const text = args.join(' ')
  return text.trim() === '' ? 0 : shell.runText(shell, text)
}

/** `. file`: looked up along PATH when it has no slash. */
export const source: Builtin = async (shell, args) => {
  const [name, ...rest] = args
  if (name === undefined) return refuse(shell, '.: filename argument required', 2)
  const { process } = shell
  let text: string
  try {
    const path =
      name.includes('/') || process.machine.files.find(`${process.cwd}/${name}`)
        ? name
        : findProgram(process, name)
    text = await readText(process, openOperand(process, path))
  } catch (error) {
    if (!isSystemError(error)) throw error
    if (shell.dialect.name === 'bash') return refuse(shell, `${name}: ${error.message}`)
    throw shellError(`.: cannot open ${name}: No such file`)
  }
  const { positional, line } = shell
  if (rest.length > 0) shell.positional = rest
  const status = await shell.runText(shell, text)
  if (rest.length > 0) shell.positional = positional
  shell.line = line
  if (shell.unwind?.to === 'return') shell.unwind = undefined
  return status
}

/** Becomes a program; without one, the redirects stay. */
export const exec: Builtin = async (shell, args) => {
  const [name] = args
  if (name === undefined) return 0
  try {
    shell.status = await becomeProgram(shell.process, findProgram(shell.process, name), args)
  } catch (error) {
    if (!isSystemError(error)) throw error
    const missing = error.errno === 'ENOENT'
    const reason = missing
      ? shell.dialect.name === 'bash'
        ? `${name}: not found`
        : `${name}: not found`
      : `${name}: ${error.message}`
    throw shellError(`exec: ${reason}`, missing ? 127 : 126)
  }
  shell.unwind = { to: 'exit' }
  return shell.status
}

/** `trap action signal...`; a dash or a lone signal puts the default back. */
export const trap: Builtin = async (shell, args) => {
  const [action, ...names] = args[0] === '--' ? args.slice(1) : args
  if (action === undefined) {
    for (const [name, text] of shell.traps) await print(shell.process, `trap -- '${text}' ${name}\n`)
    return 0
  }
  const reset = action === '-' || names.length === 0
  for (const name of names.length === 0 ? [action] : names) {
    const number = name === 'EXIT' ? 0 : signalNumber(name)
    if (number === undefined) return refuse(shell, `trap: ${name}: bad trap`)
    const known =
      number === 0 ? 'EXIT' : (Object.entries(SIGNALS).find(([, each]) => each === number)?.[0] ?? name)
    if (reset) shell.traps.delete(known)
    else shell.traps.set(known, action)
  }
  return 0
}
