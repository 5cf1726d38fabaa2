import { isSystemError, systemError } from '../../system/errno.ts'
import { absolutePath } from '../../system/path.ts'
import { print } from '../../system/process.ts'
import { readVariable, setVariable } from '../variables.ts'
import { refuse, type Builtin } from './builtin.ts'

export const changeDirectory: Builtin = async (shell, args) => {
  const target = args.find((arg) => !['--', '-L', '-P'].includes(arg)) ?? readVariable(shell, 'HOME') ?? ''
  const path = target === '-' ? (readVariable(shell, 'OLDPWD') ?? '') : target
  const { process } = shell
  const to = absolutePath(process.cwd, path)
  try {
    if (process.machine.files.lookup(to).type !== 'directory') throw systemError('ENOTDIR')
  } catch (error) {
    if (!isSystemError(error)) throw error
    if (shell.dialect.name === 'bash') return refuse(shell, `cd: ${path}: ${error.message}`)
    return refuse(shell, `cd: can't cd to ${path}`, 2)
  }
  setVariable(shell, 'OLDPWD', process.cwd)
  process.cwd = to
  setVariable(shell, 'PWD', to)
  if (target === '-') await print(process, `${to}\n`)
  return 0
}

export const printDirectory: Builtin = async (shell, args) => {
  const { process } = shell
  const path = args.includes('-P') ? process.machine.files.realPath(process.cwd) : process.cwd
  await print(process, `${path}\n`)
  return 0
}
