import { print } from '../../system/process.ts'
import { refuse, type Builtin } from './builtin.ts'

export const alias: Builtin = async (shell, args) => {
  let status = 0
  const shown = (name: string, value: string) =>
    `${shell.dialect.name === 'bash' ? 'alias ' : ''}${name}='${value}'\n`
  if (args.length === 0)
    for (const [name, value] of shell.aliases) await print(shell.process, shown(name, value))
  for (const arg of args) {
    const cut = arg.indexOf('=')
    const value = shell.aliases.get(arg)
    if (cut > 0) shell.aliases.set(arg.slice(0, cut), arg.slice(cut + 1))
    else if (value === undefined) status = await refuse(shell, `alias: ${arg} not found`)
    else await print(shell.process, shown(arg, value))
  }
  return status
}

export const unalias: Builtin = async (shell, args) => {
  let status = 0
  for (const name of args) {
    if (name === '-a') shell.aliases.clear()
    else if (!shell.aliases.delete(name)) status = await refuse(shell, `unalias: ${name} not found`)
  }
  return status
}
