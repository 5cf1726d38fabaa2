import { print } from '../../system/process.ts'
import { shellError, type Shell } from '../shell.ts'
import { setVariable, unsetVariable } from '../variables.ts'
import { refuse, type Builtin } from './builtin.ts'

const NAME = /^[A-Za-z_]\w*$/

function assignmentOf(arg: string): { name: string; value: string | undefined } {
  const cut = arg.indexOf('=')
  return cut < 0 ? { name: arg, value: undefined } : { name: arg.slice(0, cut), value: arg.slice(cut + 1) }
}

const badName = (shell: Shell, command: string, name: string) =>
  shellError(
    shell.dialect.name === 'bash'
      ? `${command}: \`${name}': not a valid identifier`
      : `${command}: ${name}: bad variable name`,
    shell.dialect.name === 'bash' ? 1 : 2,
    shell.dialect.name === 'dash',
  )

export const exportNames: Builtin = async (shell, args) => {
  const names = args.filter((arg) => !arg.startsWith('-'))
  if (names.length === 0) {
    const prefix = shell.dialect.name === 'bash' ? 'declare -x' : 'export'
    const rows = [...shell.process.env].sort(([a], [b]) => (a < b ? -1 : 1))
    await print(
      shell.process,
      rows.map(([name, value]) => `${prefix} ${name}=${quoteExported(shell, value)}\n`).join(''),
    )
    return 0
  }
  for (const arg of names) {
    const { name, value } = assignmentOf(arg)
    if (!NAME.test(name)) throw badName(shell, 'export', name)
    const variable = shell.variables.get(name)
    if (args.includes('-n')) {
      if (variable) variable.exported = false
      shell.process.env.delete(name)
    } else if (value !== undefined || variable) setVariable(shell, name, value ?? variable?.value ?? '', true)
    else shell.marked.add(name)
  }
  return 0
}

const quoteExported = (shell: Shell, value: string) =>
  shell.dialect.name === 'bash' ? `"${value.replace(/["$\\`]/g, '\\$&')}"` : `'${value}'`

export const makeReadonly: Builtin = async (shell, args) => {
  for (const arg of args.filter((each) => !each.startsWith('-'))) {
    const { name, value } = assignmentOf(arg)
    if (!NAME.test(name)) throw badName(shell, 'readonly', name)
    setVariable(shell, name, value ?? shell.variables.get(name)?.value ?? '')
    const variable = shell.variables.get(name)
    if (variable) variable.readonly = true
  }
  return 0
}

export const unset: Builtin = async (shell, args) => {
  const functions = args.includes('-f')
  for (const name of args.filter((arg) => !arg.startsWith('-'))) {
    if (functions) shell.functions.delete(name)
    else if (shell.variables.has(name)) unsetVariable(shell, name)
    else if (shell.dialect.name === 'bash') shell.functions.delete(name)
  }
  return 0
}

/** Variables that go back to what they were when the function ends. */
export const local: Builtin = async (shell, args) => {
  const saved = shell.locals.at(-1)
  if (!saved)
    return refuse(
      shell,
      shell.dialect.name === 'bash' ? 'local: can only be used in a function' : 'local: not in a function',
      shell.dialect.name === 'bash' ? 1 : 2,
    )
  for (const arg of args.filter((each) => !/^-[a-z]+$/i.test(each))) {
    const { name, value } = assignmentOf(arg)
    if (!NAME.test(name)) throw badName(shell, 'local', name)
    if (!saved.has(name)) saved.set(name, shell.variables.get(name))
    const kept = shell.dialect.name === 'dash' ? (shell.variables.get(name)?.value ?? '') : ''
    setVariable(shell, name, value ?? kept)
  }
  return 0
}

/** The part of `declare` that plain variables need; arrays are not here. */
export const declare: Builtin = async (shell, args) => {
  if (shell.dialect.name === 'dash') return refuse(shell, 'declare: not found', 127)
  const flags = args.filter((arg) => arg.startsWith('-')).join('')
  if (/[aA]/.test(flags)) return refuse(shell, 'declare: arrays are not supported in this guest', 2)
  if (flags.includes('x'))
    return exportNames(
      shell,
      args.filter((arg) => !arg.startsWith('-')),
    )
  if (flags.includes('r')) return makeReadonly(shell, args)
  if (shell.locals.length > 0 && !flags.includes('g')) return local(shell, args)
  for (const arg of args.filter((each) => !each.startsWith('-'))) {
    const { name, value } = assignmentOf(arg)
    setVariable(shell, name, value ?? shell.variables.get(name)?.value ?? '')
  }
  return 0
}
