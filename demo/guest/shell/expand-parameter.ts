import { evaluate } from './arithmetic.ts'
import { matchesPattern, patternSource, trimMatch } from './pattern.ts'
import { shellError, type Shell } from './shell.ts'
import type { Parameter, Word } from './syntax-tree.ts'
import { readVariable, setVariable } from './variables.ts'

/** How a parameter's argument is expanded: as text, or as a pattern in which quotes keep letters literal. */
export interface ArgumentExpansion {
  text(word: Word): Promise<string>
  pattern(word: Word): Promise<string>
}

/** What an expansion gives: a value, or a word that stands in for it and is expanded where it is. */
export type Expanded = { value: string } | { instead: Word }

const NULL_OR_UNSET = { dash: 'parameter not set or null', bash: 'parameter null or not set' }

const badSubstitution = (shell: Shell, name: string) =>
  shellError(
    shell.dialect.name === 'bash' ? `\${${name}}: bad substitution` : 'Bad substitution',
    shell.dialect.name === 'bash' ? 1 : 2,
  )

/** Expands `${...}` with its operator. Throws a shell error for `:?`, for unset variables under `set -u`, and for nonsense. */
export async function expandParameter(
  shell: Shell,
  part: Parameter,
  expand: ArgumentExpansion,
): Promise<Expanded> {
  const { name, operator, colon, argument } = part
  if (operator === 'bad') throw badSubstitution(shell, name)
  const found = readVariable(shell, name)
  const present = found !== undefined && !(colon && found === '')
  if (operator === '-') return present ? { value: found } : { instead: argument }
  if (operator === '+') return present ? { instead: argument } : { value: '' }
  if (operator === '=') {
    if (present) return { value: found }
    if (!/^[A-Za-z_]/.test(name)) throw badSubstitution(shell, name)
    const value = await expand.text(argument)
    setVariable(shell, name, value)
    return { value }
  }
  if (operator === '?') {
    if (present) return { value: found }
    const missing = colon ? NULL_OR_UNSET[shell.dialect.name] : 'parameter not set'
    throw shellError(
      `${name}: ${(await expand.text(argument)) || missing}`,
      shell.dialect.name === 'bash' ? 127 : 2,
    )
  }
  if (found === undefined && shell.options.nounset && !['@', '*'].includes(name)) {
    const message = shell.dialect.name === 'bash' ? `${name}: unbound variable` : `${name}: parameter not set`
    throw shellError(message, shell.dialect.name === 'bash' ? 127 : 2)
  }
  const value = found ?? ''
  switch (operator) {
    case '':
      return { value }
    case 'length':
      return {
        value: String(name === '@' || name === '*' ? shell.positional.length : Array.from(value).length),
      }
    case '#':
    case '##':
      return { value: trimMatch(value, await expand.pattern(argument), 'front', operator === '##') }
    case '%':
    case '%%':
      return { value: trimMatch(value, await expand.pattern(argument), 'back', operator === '%%') }
    case '/':
    case '//':
      return { value: await replaceIn(value, argument, operator === '//', expand) }
    case '^':
    case '^^':
    case ',':
    case ',,':
      return { value: await changeCase(value, operator, await expand.pattern(argument)) }
    case 'slice':
      return { value: slice(shell, value, await expand.text(argument)) }
  }
}

/** `pattern/replacement`, where the slash must not stand in quotes. */
async function replaceIn(
  value: string,
  argument: Word,
  all: boolean,
  expand: ArgumentExpansion,
): Promise<string> {
  const index = argument.findIndex(
    (part) => part.kind === 'literal' && !part.quoted && part.text.includes('/'),
  )
  const at = argument[index]
  const cut = at?.kind === 'literal' ? at.text.indexOf('/') : -1
  const before: Word =
    at?.kind === 'literal' ? [...argument.slice(0, index), { ...at, text: at.text.slice(0, cut) }] : argument
  const after: Word =
    at?.kind === 'literal' ? [{ ...at, text: at.text.slice(cut + 1) }, ...argument.slice(index + 1)] : []
  const pattern = await expand.pattern(before)
  if (pattern === '') return value
  const replacement = await expand.text(after)
  const anchored = pattern.startsWith('#')
    ? `^${patternSource(pattern.slice(1))}`
    : pattern.startsWith('%')
      ? `${patternSource(pattern.slice(1))}$`
      : patternSource(pattern)
  return value.replace(new RegExp(anchored, all ? 'g' : ''), () => replacement)
}

async function changeCase(value: string, operator: string, pattern: string): Promise<string> {
  const change = (letter: string) => {
    if (pattern !== '' && !matchesPattern(pattern, letter)) return letter
    return operator.startsWith('^') ? letter.toUpperCase() : letter.toLowerCase()
  }
  const letters = Array.from(value)
  return letters.map((letter, i) => (i === 0 || operator.length === 2 ? change(letter) : letter)).join('')
}

/** `offset` or `offset:length`, both arithmetic, both counted from the end when negative. */
function slice(shell: Shell, value: string, text: string): string {
  const scope = {
    get: (name: string) => readVariable(shell, name) ?? '',
    set: (name: string, to: string) => setVariable(shell, name, to),
  }
  const [first = '', second] = text.split(':')
  const offset = Number(evaluate(first, scope))
  const start = offset < 0 ? Math.max(0, value.length + offset) : offset
  if (second === undefined) return value.slice(start)
  const length = Number(evaluate(second, scope))
  return length < 0 ? value.slice(start, length) : value.slice(start, start + length)
}
