import { arithmeticWord, scanArithmetic } from './scan-parameter.ts'
import { syntaxError } from './syntax-error.ts'
import type { CaseBranch, CompoundCommand, List, Word } from './syntax-tree.ts'
import { expect, isPlain, operatorOf, skipNewlines, unexpected, type Parser } from './token-stream.ts'

/** These cannot begin a command. */
const CLOSING = new Set(['then', 'elif', 'else', 'fi', 'do', 'done', 'esac', '}'])

/** A compound command where one begins; undefined where a simple one does. */
export function parseCompound(parser: Parser): CompoundCommand | undefined {
  const token = parser.peek()
  const { line } = token
  const shared = { redirects: [], line }
  if (operatorOf(token) === '(') {
    const calculation = parser.scanner.bash ? takeCalculation(parser) : undefined
    if (calculation) return { kind: 'calculate', expression: calculation, ...shared }
    parser.take()
    const body = parser.list([')'], false)
    expect(parser, ')')
    return { kind: 'subshell', body, ...shared }
  }
  const word = token.type === 'word' ? token.plain : undefined
  if (word === undefined) return undefined
  if (CLOSING.has(word)) throw unexpected(token)
  switch (word) {
    case '{': {
      parser.take()
      const body = parser.list(['}'], false)
      expect(parser, '}')
      return { kind: 'group', body, ...shared }
    }
    case 'if':
      parser.take()
      return { ...parseIf(parser), ...shared }
    case 'while':
    case 'until': {
      parser.take()
      const condition = parser.list(['do'], false)
      return { kind: 'loop', until: word === 'until', condition, body: parseDo(parser), ...shared }
    }
    case 'for':
      parser.take()
      return { ...parseFor(parser), ...shared }
    case 'case':
      parser.take()
      return { ...parseCase(parser), ...shared }
    case '[[':
      if (!parser.scanner.bash) return undefined
      parser.take()
      return { kind: 'test', words: parseTest(parser), ...shared }
    default:
      return undefined
  }
}

/** `((expression))`: the first parenthesis is the token ahead. */
function takeCalculation(parser: Parser): Word | undefined {
  const { scanner } = parser
  const { start } = parser.peek()
  if (scanner.text[start + 1] !== '(') return undefined
  const found = scanArithmetic({ ...scanner, at: start + 2 })
  if (!found) return undefined
  parser.take()
  scanner.at = found.end
  return found.word
}

function parseIf(parser: Parser): CompoundCommand & { kind: 'if' } {
  const condition = parser.list(['then'], false)
  expect(parser, 'then')
  const body = parser.list(['elif', 'else', 'fi'], false)
  const { line } = parser.peek()
  let otherwise: List | undefined
  if (isPlain(parser, 'elif')) {
    parser.take()
    const nested = parseIf(parser)
    const pipeline = { commands: [nested], negated: false, timed: false }
    return {
      kind: 'if',
      condition,
      body,
      otherwise: [{ first: pipeline, rest: [], background: false, text: 'if' }],
      redirects: [],
      line,
    }
  }
  if (isPlain(parser, 'else')) {
    parser.take()
    otherwise = parser.list(['fi'], false)
  }
  expect(parser, 'fi')
  return { kind: 'if', condition, body, otherwise, redirects: [], line }
}

function parseDo(parser: Parser): List {
  expect(parser, 'do')
  const body = parser.list(['done'], false)
  expect(parser, 'done')
  return body
}

function parseFor(parser: Parser): CompoundCommand {
  const token = parser.peek()
  const { line } = token
  if (parser.scanner.bash && operatorOf(token) === '(') {
    const expression = takeCalculation(parser)
    if (expression) return parseCount(parser, expression, line)
  }
  if (token.type !== 'word' || token.plain === undefined || !/^[A-Za-z_]\w*$/.test(token.plain)) {
    throw syntaxError({ line, text: 'Bad for loop variable' }, token.type === 'end')
  }
  parser.take()
  skipNewlines(parser)
  let words: Word[] | undefined
  if (isPlain(parser, 'in')) {
    parser.take()
    words = []
    for (let next = parser.peek(); next.type === 'word'; next = parser.peek()) {
      words.push(next.word)
      parser.take()
    }
    if (parser.peek().type !== 'newline') expect(parser, ';')
  } else if (operatorOf(parser.peek()) === ';') parser.take()
  skipNewlines(parser)
  return { kind: 'for', variable: token.plain, words, body: parseDo(parser), redirects: [], line }
}

/** `for ((start; condition; step))`, whose three parts come as one word. */
function parseCount(parser: Parser, expression: Word, line: number): CompoundCommand {
  const text = expression
    .map((part) => (part.kind === 'literal' ? part.text : part.kind === 'parameter' ? `$${part.name}` : ''))
    .join('')
  const [start = '', condition = '', step = ''] = text.split(';').map((part) => part.trim())
  const wordOf = (part: string) => arithmeticWord(parser.scanner, part)
  if (operatorOf(parser.peek()) === ';') parser.take()
  skipNewlines(parser)
  return {
    kind: 'count',
    start: wordOf(start),
    condition: wordOf(condition),
    step: wordOf(step),
    body: parseDo(parser),
    redirects: [],
    line,
  }
}

function parseCase(parser: Parser): CompoundCommand {
  const subject = parser.take()
  if (subject.type !== 'word') throw unexpected(subject)
  skipNewlines(parser)
  expect(parser, 'in')
  skipNewlines(parser)
  const branches: CaseBranch[] = []
  while (!isPlain(parser, 'esac')) {
    if (operatorOf(parser.peek()) === '(') parser.take()
    const patterns: Word[] = []
    for (;;) {
      const token = parser.take()
      if (token.type !== 'word') throw unexpected(token, ')')
      patterns.push(token.word)
      if (operatorOf(parser.peek()) !== '|') break
      parser.take()
    }
    expect(parser, ')')
    const body = parser.list([';;', 'esac'])
    branches.push({ patterns, body })
    if (operatorOf(parser.peek()) !== ';;') break
    parser.take()
    skipNewlines(parser)
  }
  expect(parser, 'esac')
  return { kind: 'case', subject: subject.word, branches, redirects: [], line: subject.line }
}

/** The words between `[[` and `]]`; operators become words too. */
function parseTest(parser: Parser): Word[] {
  const words: Word[] = []
  for (;;) {
    const token = parser.take()
    if (token.type === 'end') throw unexpected(token, ']]')
    if (token.type === 'word' && token.plain === ']]') return words
    if (token.type === 'word') words.push(token.word)
    else if (token.type === 'operator') words.push([{ kind: 'literal', text: token.text, quoted: false }])
  }
}
