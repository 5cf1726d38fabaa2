import { refuse, type Builtin } from './builtin.ts'

const jump =
  (to: 'break' | 'continue'): Builtin =>
  async (shell, [count = '1']) => {
    if (!/^[1-9]\d*$/.test(count)) return refuse(shell, `${to}: Illegal number: ${count}`, 2)
    if (shell.loops > 0) shell.unwind = { to, levels: Math.min(Number(count), shell.loops) }
    return 0
  }

export const breakLoop = jump('break')
export const continueLoop = jump('continue')

const end =
  (name: 'exit' | 'return'): Builtin =>
  async (shell, [code]) => {
    if (code !== undefined && !/^-?\d+$/.test(code)) {
      if (name === 'exit') shell.unwind = { to: 'exit' }
      const message =
        shell.dialect.name === 'bash'
          ? `${name}: ${code}: numeric argument required`
          : `${name}: Illegal number: ${code}`
      shell.status = await refuse(shell, message, 2)
      return shell.status
    }
    shell.status = code === undefined ? shell.status : Number(code) & 255
    shell.unwind = { to: name }
    return shell.status
  }

export const exit = end('exit')
export const returnFrom = end('return')
