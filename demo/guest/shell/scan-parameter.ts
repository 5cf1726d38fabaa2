import { scanWord, unclosed } from './scan-word.ts'
import type { Scanner } from './scanner-state.ts'
import { syntaxError } from './syntax-error.ts'
import type { ParameterOperator, Word, WordPart } from './syntax-tree.ts'

const NAME = /^(?:[A-Za-z_]\w*|\d+|[@*#?$!-])/

/** Reads what follows a dollar sign; undefined when that stands for itself. */
export function scanParameter(scanner: Scanner, quoted: boolean): WordPart | undefined {
  const next = scanner.text[scanner.at + 1]
  if (next === '(')
    return scanner.text[scanner.at + 2] === '('
      ? arithmeticOrCommands(scanner, quoted)
      : commands(scanner, quoted)
  if (next === '{') return braced(scanner, quoted)
  const name = /^(?:[A-Za-z_]\w*|[0-9@*#?$!-])/.exec(
    scanner.text.slice(scanner.at + 1, scanner.at + 200),
  )?.[0]
  if (name === undefined) return undefined
  scanner.at += 1 + name.length
  return { kind: 'parameter', name, operator: '', colon: false, argument: [], quoted }
}

function commands(scanner: Scanner, quoted: boolean): WordPart {
  scanner.at += 2
  return { kind: 'substitution', body: scanner.commands(scanner), quoted }
}

/** `$((` begins arithmetic, unless the parentheses do not close as a pair: then it is a command in a subshell. */
function arithmeticOrCommands(scanner: Scanner, quoted: boolean): WordPart {
  const expression = scanArithmetic({ ...scanner, at: scanner.at + 3 })
  if (!expression) return commands(scanner, quoted)
  scanner.at = expression.end
  return { kind: 'arithmetic', expression: expression.word, quoted }
}

/** Reads up to the `))` that closes what has been opened; undefined when a single one does. */
export function scanArithmetic(scanner: Scanner): { word: Word; end: number } | undefined {
  let depth = 0
  let end = scanner.at
  for (; ; end++) {
    const letter = scanner.text[end]
    if (letter === undefined)
      throw syntaxError({ line: scanner.line, text: "Missing '))'", unclosed: ')' }, true)
    if (letter === '(') depth++
    else if (letter === ')' && depth > 0) depth--
    else if (letter === ')') break
  }
  if (scanner.text[end + 1] !== ')') return undefined
  return { word: arithmeticWord(scanner, scanner.text.slice(scanner.at, end)), end: end + 2 }
}

export function arithmeticWord(scanner: Scanner, text: string): Word {
  return scanWord({ ...scanner, text, at: 0, pending: [] }, { until: '', quoted: true })
}

const OPERATOR = /^(?:(:?)([-=?+])|(##?|%%?))/
const BASH_OPERATOR = /^(?:\/\/?|\^\^?|,,?)/

function braced(scanner: Scanner, quoted: boolean): WordPart {
  scanner.at += 2
  const rest = scanner.text.slice(scanner.at, scanner.at + 300)
  const length = /^#([A-Za-z_]\w*|\d+|[@*#?$!-])\}/.exec(rest)
  if (length) {
    scanner.at += length[0].length
    return {
      kind: 'parameter',
      name: length[1] ?? '',
      operator: 'length',
      colon: false,
      argument: [],
      quoted,
    }
  }
  const name = NAME.exec(rest)?.[0] ?? ''
  scanner.at += name.length
  const after = scanner.text.slice(scanner.at, scanner.at + 3)
  const known = OPERATOR.exec(after)
  let operator: ParameterOperator = ''
  let colon = false
  if (name === '') operator = 'bad'
  else if (known) {
    colon = known[1] === ':'
    operator = (known[2] ?? known[3] ?? '') as ParameterOperator
    scanner.at += known[0].length
  } else if (scanner.bash && after.startsWith(':')) {
    operator = 'slice'
    scanner.at++
  } else if (scanner.bash && BASH_OPERATOR.test(after)) {
    operator = (BASH_OPERATOR.exec(after)?.[0] ?? '') as ParameterOperator
    scanner.at += operator.length
  } else if (!after.startsWith('}')) operator = 'bad'
  // In a pattern, quotes count even where the whole stands in double quotes.
  const pattern = operator.startsWith('#') || operator.startsWith('%') || operator.startsWith('/')
  const argument = scanWord(scanner, { until: '}', quoted: quoted && !pattern })
  if (scanner.text[scanner.at] !== '}') throw unclosed(scanner, '}')
  scanner.at++
  return { kind: 'parameter', name, operator, colon, argument, quoted }
}
