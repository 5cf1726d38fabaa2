import { isSystemError } from '../../system/errno.ts'
import { readLine } from '../../system/read-lines.ts'
import { separators, setVariable } from '../variables.ts'
import { refuse, type Builtin } from './builtin.ts'

/** `read [-r] [-p prompt] [name...]`: one line, and nothing beyond it. */
export const read: Builtin = async (shell, args) => {
  const names = [...args]
  let raw = false
  while (names[0]?.startsWith('-') && names[0] !== '-') {
    const option = names.shift() ?? ''
    if (option === '--') break
    if (option.includes('r')) raw = true
    // Without a terminal there is no prompt (contract 6.7).
    if (/[ptndu]$/.test(option)) names.shift()
  }
  if (names.length === 0 && shell.dialect.name === 'dash') return refuse(shell, 'read: arg count', 2)
  const file = shell.process.files.get(0)
  if (!file) return 1
  let line = ''
  let status = 0
  for (;;) {
    let next
    try {
      next = await readLine(shell.process, file)
    } catch (error) {
      if (!isSystemError(error)) throw error
      return refuse(shell, `read: read error: 0: ${error.message}`)
    }
    line += next?.text ?? ''
    if (!next?.ended) status = 1
    if (raw || !next?.ended || !/(?:^|[^\\])(?:\\\\)*\\$/.test(line)) break
    line = line.slice(0, -1)
  }
  const targets = names.length > 0 ? names : ['REPLY']
  const values =
    names.length > 0
      ? distribute(line, separators(shell), targets.length, raw)
      : [raw ? line : unescape(line)]
  for (const [index, name] of targets.entries()) {
    if (!/^[A-Za-z_]\w*$/.test(name)) return refuse(shell, `read: ${name}: bad variable name`, 2)
    setVariable(shell, name, values[index] ?? '')
  }
  return status
}

const unescape = (text: string) => text.replace(/\\([^])/g, '$1')

/** Splits a line into as many fields as there are names; the last takes the rest. */
function distribute(line: string, ifs: string, count: number, raw: boolean): string[] {
  const isBlank = (letter: string) => ifs.includes(letter) && ' \t\n'.includes(letter)
  const letters = Array.from(line)
  const fields: string[] = []
  let at = 0
  const skipBlanks = () => {
    while (at < letters.length && isBlank(letters[at] ?? '')) at++
  }
  skipBlanks()
  while (fields.length < count - 1 && at < letters.length) {
    let field = ''
    for (; at < letters.length && !ifs.includes(letters[at] ?? ''); at++) {
      if (letters[at] === '\\' && !raw) at++
      field += letters[at] ?? ''
    }
    fields.push(field)
    skipBlanks()
    if (at < letters.length && ifs.includes(letters[at] ?? '') && !isBlank(letters[at] ?? '')) at++
    skipBlanks()
  }
  let end = letters.length
  while (end > at && isBlank(letters[end - 1] ?? '')) end--
  const rest = letters.slice(at, end).join('')
  fields.push(raw ? rest : unescape(rest))
  return fields
}
