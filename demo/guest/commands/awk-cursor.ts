import { awkError, awkTokens } from './awk-tokens.ts'

type AwkToken = ReturnType<typeof awkTokens>[number]

/** The place in a program up to which it has been read. */
export interface AwkCursor {
  /** The token at the place, or behind it. */
  token(ahead?: number): AwkToken | undefined
  /** The token at the place, and on to the next. */
  take(): AwkToken | undefined
  /** Whether an operator, name or line end of this text comes next. */
  peek(text: string): boolean
  accept(text: string): boolean
  /** Throws when something else comes next. */
  expect(text: string): void
  /** Over ends of statements. */
  skipNewlines(): void
  skipLineEnds(): void
  atEnd(): boolean
  /** Where it is, to go back to. */
  mark(): number
  back(mark: number): void
  /** Inside a list that `>` ends. */
  noGreater: boolean
  /** Inside `for (`, where `in` is no operator. */
  noIn: boolean
}

const PLAIN = new Set(['operator', 'newline', 'name', 'call'])

export function awkCursor(program: string): AwkCursor {
  const tokens = awkTokens(program)
  let at = 0
  const peek = (text: string) => tokens[at]?.text === text && PLAIN.has(tokens[at]?.type ?? '')
  const accept = (text: string) => {
    if (!peek(text)) return false
    at++
    return true
  }
  return {
    noGreater: false,
    noIn: false,
    token: (ahead = 0) => tokens[at + ahead],
    take: () => tokens[at++],
    peek,
    accept,
    expect(text) {
      if (!accept(text)) throw awkError(`syntax error at or near ${tokens[at]?.text.trim() || 'end of file'}`)
    },
    skipNewlines() {
      while (peek('\n') || peek(';')) at++
    },
    skipLineEnds() {
      while (accept('\n'));
    },
    atEnd: () => at >= tokens.length,
    mark: () => at,
    back: (mark) => void (at = mark),
  }
}
