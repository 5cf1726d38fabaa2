import { parseCompound } from './parse-compound.ts'
import { scanParameter } from './scan-parameter.ts'
import { nextToken, type Token } from './scanner.ts'
import type { Scanner } from './scanner-state.ts'
import {
  expect,
  isPlain,
  operatorOf,
  plainOf,
  skipNewlines,
  unexpected,
  type Parser,
} from './token-stream.ts'
import { syntaxError } from './syntax-error.ts'
import type { AndOr, Assignment, Command, List, Pipeline, Redirect, SimpleCommand } from './syntax-tree.ts'

export interface CommandParser {
  /** The next line's commands; undefined at the end. Throws a ShellSyntaxError. */
  next(): List | undefined
  /** The line that the next command stands on. */
  line(): number
}

/** Parses a script command by command, as a shell does that runs what comes before a mistake. */
export function commandParser(text: string, bash: boolean, line = 1): CommandParser {
  const parser = parserAt(scannerOf(text, bash, line))
  return {
    line: () => parser.scanner.line,
    next() {
      while (parser.peek().type === 'newline') parser.take()
      if (parser.peek().type === 'end') return undefined
      const list: List = []
      for (;;) {
        const entry = parseAndOr(parser)
        list.push(entry)
        const token = parser.peek()
        const separated = token.type === 'operator' && (token.text === ';' || token.text === '&')
        if (separated) entry.background = operatorOf(parser.take()) === '&'
        const after = parser.peek()
        if (after.type === 'end') return list
        if (after.type === 'newline') {
          parser.take()
          return list
        }
        if (!separated) throw unexpected(after)
      }
    },
  }
}

function scannerOf(text: string, bash: boolean, line: number): Scanner {
  return {
    text,
    at: 0,
    line,
    bash,
    pending: [],
    parameter: scanParameter,
    commands(scanner) {
      const inner = parserAt(scanner)
      const list = parseList(inner, [')'])
      expect(inner, ')')
      return list
    },
    inner(source, startLine) {
      const parser = parserAt(scannerOf(source, bash, startLine))
      const list = parseList(parser, [])
      if (parser.peek().type !== 'end') throw unexpected(parser.peek())
      return list
    },
  }
}

function parserAt(scanner: Scanner): Parser {
  let ahead: Token | undefined
  const parser: Parser = {
    scanner,
    peek: () => (ahead ??= nextToken(scanner)),
    take() {
      const token = (ahead ??= nextToken(scanner))
      ahead = undefined
      return token
    },
    list: (ends, mayBeEmpty) => parseList(parser, ends, mayBeEmpty),
  }
  return parser
}

/** Commands up to one of `ends`, which is left; at least one unless `mayBeEmpty`. */
function parseList(parser: Parser, ends: readonly string[], mayBeEmpty = true): List {
  const list: List = []
  for (;;) {
    skipNewlines(parser)
    const token = parser.peek()
    const text = operatorOf(token) || (plainOf(token) ?? '')
    if (token.type === 'end' || ends.includes(text)) {
      if (list.length === 0 && !mayBeEmpty) throw unexpected(token, token.type === 'end' ? ends[0] : '')
      return list
    }
    const entry = parseAndOr(parser)
    list.push(entry)
    const after = parser.peek()
    const operator = operatorOf(after)
    if (operator === ';' || operator === '&') {
      entry.background = operator === '&'
      parser.take()
    } else if (
      after.type !== 'newline' &&
      after.type !== 'end' &&
      !ends.includes(operator || (plainOf(after) ?? ''))
    ) {
      throw unexpected(after, ends.length === 1 ? ends[0] : '')
    }
  }
}

function parseAndOr(parser: Parser): AndOr {
  const { start } = parser.peek()
  const first = parsePipeline(parser)
  const rest: AndOr['rest'] = []
  for (;;) {
    const operator = operatorOf(parser.peek())
    if (operator !== '&&' && operator !== '||') break
    parser.take()
    skipNewlines(parser)
    rest.push({ operator, pipeline: parsePipeline(parser) })
  }
  const text = parser.scanner.text.slice(start, parser.peek().start).trim()
  return { first, rest, background: false, text }
}

function parsePipeline(parser: Parser): Pipeline {
  const timed = parser.scanner.bash && isPlain(parser, 'time')
  if (timed) parser.take()
  let negated = false
  while (isPlain(parser, '!')) {
    parser.take()
    negated = !negated
  }
  const commands = [parseCommand(parser)]
  while (operatorOf(parser.peek()) === '|') {
    parser.take()
    skipNewlines(parser)
    commands.push(parseCommand(parser))
  }
  return { commands, negated, timed }
}

function parseCommand(parser: Parser): Command {
  if (parser.scanner.bash && isPlain(parser, 'function')) return parseKeywordFunction(parser)
  const compound = parseCompound(parser)
  if (!compound) return parseSimple(parser)
  for (let redirect = parseRedirect(parser); redirect; redirect = parseRedirect(parser))
    compound.redirects.push(redirect)
  return compound
}

const REDIRECTS = new Set(['<', '>', '>>', '<>', '>|', '<&', '>&', '<<', '<<-', '<<<', '&>'])

function parseRedirect(parser: Parser): Redirect | undefined {
  const token = parser.peek()
  let fd: number | undefined
  if (token.type === 'descriptor') {
    parser.take()
    ;({ fd } = token)
  }
  const operator = operatorOf(parser.peek())
  if (!REDIRECTS.has(operator)) return undefined
  parser.take()
  const target = parser.peek()
  if (target.type !== 'word') throw unexpected(target)
  if (operator === '<<' || operator === '<<-') {
    const redirect: Redirect = { operator: '<<', fd, target: [] }
    const literal = target.word.some((part) => part.kind === 'literal' && part.quoted)
    const delimiter = target.word.map((part) => (part.kind === 'literal' ? part.text : '')).join('')
    parser.scanner.pending.push({ redirect, delimiter, literal, stripTabs: operator === '<<-' })
    parser.take()
    return redirect
  }
  parser.take()
  return { operator: operator as Redirect['operator'], fd, target: target.word }
}

const ASSIGNMENT = /^([A-Za-z_]\w*)(\+?)=/

function assignmentOf(token: Token & { type: 'word' }, bash: boolean): Assignment | undefined {
  const [first, ...rest] = token.word
  if (first?.kind !== 'literal' || first.quoted) return undefined
  const match = ASSIGNMENT.exec(first.text)
  if (!match || (match[2] === '+' && !bash)) return undefined
  const text = first.text.slice(match[0].length)
  const value = text === '' ? rest : [{ ...first, text }, ...rest]
  return { name: match[1] ?? '', value, append: match[2] === '+' }
}

function parseSimple(parser: Parser): Command {
  const command: SimpleCommand = {
    kind: 'simple',
    assignments: [],
    words: [],
    redirects: [],
    line: parser.peek().line,
  }
  for (;;) {
    const redirect = parseRedirect(parser)
    if (redirect) {
      command.redirects.push(redirect)
      continue
    }
    const token = parser.peek()
    if (token.type !== 'word') {
      if (operatorOf(token) === '(' && command.words.length === 1 && command.assignments.length === 0) {
        return parseFunction(parser, command)
      }
      break
    }
    parser.take()
    const assignment = command.words.length === 0 ? assignmentOf(token, parser.scanner.bash) : undefined
    if (assignment) command.assignments.push(assignment)
    else command.words.push(token.word)
  }
  if (command.words.length + command.assignments.length + command.redirects.length === 0)
    throw unexpected(parser.peek())
  return command
}

/** bash's `function name { ... }`, with or without parentheses. */
function parseKeywordFunction(parser: Parser): Command {
  const { line } = parser.take()
  const name = parser.take()
  if (name.type !== 'word' || name.plain === undefined) throw unexpected(name)
  if (operatorOf(parser.peek()) === '(') {
    parser.take()
    expect(parser, ')')
  }
  skipNewlines(parser)
  return { kind: 'function', name: name.plain, body: parseCommand(parser), line }
}

/** `name () command`. */
function parseFunction(parser: Parser, { words, line }: SimpleCommand): Command {
  const [part] = words[0] ?? []
  parser.take()
  if (part?.kind !== 'literal' || part.quoted || words[0]?.length !== 1) throw unexpected(parser.peek(), ')')
  expect(parser, ')')
  skipNewlines(parser)
  if (!/^[A-Za-z_][\w-]*$/.test(part.text)) throw syntaxError({ line, text: 'Bad function name' })
  return { kind: 'function', name: part.text, body: parseCommand(parser), line }
}
