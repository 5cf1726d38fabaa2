import { writeText } from '../../system/process.ts'
import { readVariable, setVariable } from '../variables.ts'
import { refuse, type Builtin } from './builtin.ts'

/** Where `getopts` stands inside one argument: how many of its letters are done. */
const POSITION = '__getopts_letter'

/** Takes the next option of the positional parameters; 1 at their end. */
export const getopts: Builtin = async (shell, args) => {
  const [spec, name, ...given] = args
  if (spec === undefined || name === undefined)
    return refuse(shell, 'getopts: usage: getopts optstring var [arg...]', 2)
  const words = given.length > 0 ? given : shell.positional
  const index = Number(readVariable(shell, 'OPTIND') ?? '1') || 1
  const letterAt = Number(shell.variables.get(POSITION)?.value ?? '1') || 1
  const word = words[index - 1] ?? ''
  const finish = (at: number) => {
    setVariable(shell, 'OPTIND', String(at))
    shell.variables.delete(POSITION)
    setVariable(shell, name, '?')
    return 1
  }
  if (word === '--') return finish(index + 1)
  if (!/^-./.test(word)) return finish(index)
  const letter = word[letterAt] ?? ''
  const ended = letterAt + 1 >= word.length
  const proceed = (at: number, position: number) => {
    setVariable(shell, 'OPTIND', String(at))
    if (position === 1) shell.variables.delete(POSITION)
    else setVariable(shell, POSITION, String(position))
  }
  const silent = spec.startsWith(':')
  const place = spec.indexOf(letter)
  const answer = async (value: string, argument: string | undefined) => {
    setVariable(shell, name, value)
    if (argument === undefined) shell.variables.delete('OPTARG')
    else setVariable(shell, 'OPTARG', argument)
    return 0
  }
  const complain = (dash: string, bash: string) =>
    writeText(
      shell.process,
      2,
      shell.dialect.name === 'bash' ? `${shell.name}: ${bash} -- ${letter}\n` : `${dash}\n`,
    )
  if (letter === ':' || place < 0) {
    proceed(ended ? index + 1 : index, ended ? 1 : letterAt + 1)
    if (!silent) await complain(`Illegal option -${letter}`, 'illegal option')
    return answer('?', silent ? letter : undefined)
  }
  if (spec[place + 1] !== ':') {
    proceed(ended ? index + 1 : index, ended ? 1 : letterAt + 1)
    return answer(letter, undefined)
  }
  const argument = ended ? words[index] : word.slice(letterAt + 1)
  proceed(ended ? index + 2 : index + 1, 1)
  if (argument !== undefined) return answer(letter, argument)
  if (!silent) await complain(`No arg for -${letter} option`, 'option requires an argument')
  return answer(silent ? ':' : '?', silent ? letter : undefined)
}
