import { isSystemError } from '../../system/errno.ts'
import { print } from '../../system/process.ts'
import { findProgram } from '../../system/spawn.ts'
import { RESERVED } from '../reserved-words.ts'
import type { Shell } from '../shell.ts'
import { refuse, type Builtin } from './builtin.ts'

type Meaning = { is: 'keyword' | 'function' | 'builtin' } | { is: 'file'; path: string }

function meaningOf(shell: Shell, name: string, functions: boolean): Meaning | undefined {
  if (RESERVED.has(name)) return { is: 'keyword' }
  if (functions && shell.functions.has(name)) return { is: 'function' }
  if (shell.isBuiltin(shell, name)) return { is: 'builtin' }
  try {
    return { is: 'file', path: findProgram(shell.process, name) }
  } catch (error) {
    if (!isSystemError(error)) throw error
    return undefined
  }
}

/** `command name` runs it past functions; `-v` and `-V` say what it is. */
export const command: Builtin = async (shell, args) => {
  const [option] = args
  if (option === '-v' || option === '-V') {
    let status = 0
    for (const name of args.slice(1)) {
      const meaning = meaningOf(shell, name, true)
      if (!meaning) status = 127
      else if (option === '-v') await print(shell.process, `${meaning.is === 'file' ? meaning.path : name}\n`)
      else await print(shell.process, `${describe(name, meaning)}\n`)
    }
    return shell.dialect.name === 'bash' ? Math.min(status, 1) : status
  }
  const words = args.filter((arg, index) => index > 0 || (arg !== '-p' && arg !== '--'))
  return words.length === 0 ? 0 : shell.invoke(shell, words)
}

function describe(name: string, meaning: Meaning): string {
  if (meaning.is === 'file') return `${name} is ${meaning.path}`
  return `${name} is a ${meaning.is === 'function' ? 'shell function' : `shell ${meaning.is}`}`
}

export const type: Builtin = async (shell, args) => {
  let status = 0
  for (const name of args.filter((arg) => !arg.startsWith('-'))) {
    const meaning = meaningOf(shell, name, true)
    if (meaning) await print(shell.process, `${describe(name, meaning)}\n`)
    else if (shell.dialect.name === 'bash') status = await refuse(shell, `type: ${name}: not found`)
    else {
      await print(shell.process, `${name}: not found\n`)
      status = 127
    }
  }
  return status
}

export const hash: Builtin = () => Promise.resolve(0)
