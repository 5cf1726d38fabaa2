import { RESERVED } from './reserved-words.ts'
import type { Token } from './scanner.ts'
import type { Scanner } from './scanner-state.ts'
import { syntaxError } from './syntax-error.ts'
import type { List } from './syntax-tree.ts'

/** A parser over one text, which reads one token ahead. */
export interface Parser {
  scanner: Scanner
  peek(): Token
  take(): Token
  /** Commands up to one of `ends`, which is left; at least one unless `mayBeEmpty`. */
  list(ends: readonly string[], mayBeEmpty?: boolean): List
}

export const operatorOf = (token: Token) => (token.type === 'operator' ? token.text : '')
export const plainOf = (token: Token) => (token.type === 'word' ? token.plain : undefined)
export const isPlain = (parser: Parser, text: string) => plainOf(parser.peek()) === text

/** The text of a token as a syntax error names it. */
function nameOf(token: Token): string {
  if (token.type === 'operator') return token.text
  if (token.type === 'word')
    return token.plain !== undefined && RESERVED.has(token.plain) ? token.plain : 'word'
  if (token.type === 'end') return 'end of file'
  return token.type === 'newline' ? 'newline' : 'redirection'
}

export function unexpected(token: Token, expecting = '') {
  const near = token.type === 'word' ? token.raw : ''
  return syntaxError({ line: token.line, unexpected: nameOf(token), near, expecting }, token.type === 'end')
}

/** Takes a keyword or operator, or throws that something else stands there. */
export function expect(parser: Parser, text: string): void {
  const token = parser.peek()
  if (operatorOf(token) !== text && plainOf(token) !== text) throw unexpected(token, text)
  parser.take()
}

export function skipNewlines(parser: Parser): void {
  while (parser.peek().type === 'newline') parser.take()
}
