import { print } from '../../system/process.ts'
import { quoteWord } from '../quote-word.ts'
import type { ShellOptions } from '../shell.ts'
import { refuse, type Builtin } from './builtin.ts'

const LETTERS: Record<string, keyof ShellOptions> = {
  a: 'allexport',
  e: 'errexit',
  f: 'noglob',
  n: 'noexec',
  u: 'nounset',
  x: 'xtrace',
}

const isOption = (name: string): name is keyof ShellOptions =>
  [...Object.values(LETTERS), 'pipefail'].includes(name)
/** Options that are known and change nothing here. */
const IGNORED = new Set(['v', 'm', 'b', 'C', 'h', 'E', 'T', 'B', 'i', 'l', 's'])

/** Applies `-e`, `+x`, `-o name` and the like; answers what is left, or the option that is wrong. */
export function applyOptions(
  options: ShellOptions,
  args: string[],
): { rest: string[]; bad?: string; explicit: boolean } {
  const rest = [...args]
  let explicit = false
  for (;;) {
    const arg = rest[0]
    if (arg === '--') return { rest: rest.slice(1), explicit: true }
    if (arg === undefined || !/^[-+]./.test(arg)) return { rest, explicit }
    rest.shift()
    explicit = false
    const on = arg.startsWith('-')
    for (const letter of arg.slice(1)) {
      const name = letter === 'o' ? rest.shift() : LETTERS[letter]
      if (name !== undefined && isOption(name)) options[name] = on
      else if (
        letter === 'o'
          ? name !== undefined && !/^(?:posix|vi|emacs|monitor|errtrace|functrace)$/.test(name)
          : !IGNORED.has(letter)
      ) {
        return { rest, bad: letter === 'o' ? `-o ${name ?? ''}` : `-${letter}`, explicit }
      }
    }
  }
}

export const set: Builtin = async (shell, args) => {
  if (args.length === 0) {
    const rows = [...shell.variables].sort(([a], [b]) => (a < b ? -1 : 1))
    await print(shell.process, rows.map(([name, { value }]) => `${name}=${quoteWord(value)}\n`).join(''))
    return 0
  }
  const { rest, bad, explicit } = applyOptions(shell.options, args)
  if (bad !== undefined)
    return refuse(
      shell,
      shell.dialect.name === 'bash' ? `set: ${bad}: invalid option` : `set: Illegal option ${bad}`,
      2,
    )
  if (rest.length > 0 || explicit) shell.positional = rest
  return 0
}

export const shift: Builtin = async (shell, [count = '1']) => {
  if (!/^\d+$/.test(count)) return refuse(shell, `shift: Illegal number: ${count}`, 2)
  if (Number(count) > shell.positional.length)
    return shell.dialect.name === 'bash' ? 1 : refuse(shell, "shift: can't shift that many", 2)
  shell.positional = shell.positional.slice(Number(count))
  return 0
}

/** bash's further options: taken, and without effect. */
export const shopt: Builtin = () => Promise.resolve(0)

export const umask: Builtin = async (shell, [mask]) => {
  if (mask === undefined) await print(shell.process, `${shell.process.umask.toString(8).padStart(4, '0')}\n`)
  else if (/^[0-7]{1,4}$/.test(mask)) shell.process.umask = Number.parseInt(mask, 8)
  else return refuse(shell, `umask: Illegal mode: ${mask}`, 2)
  return 0
}
