export type AwkToken = {
  type: 'number' | 'string' | 'regex' | 'name' | 'call' | 'operator' | 'newline' | 'end'
  text: string
}

/** The program makes no sense; `near` is where. */
export function awkError(message: string): Error & { awk: true } {
  return Object.assign(new Error(message), { awk: true as const })
}

export const isAwkError = (error: unknown): error is Error => error instanceof Error && 'awk' in error

const ESCAPES: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  '"': '"',
  '/': '/',
  a: '\u0007',
}
const PATTERN =
  /(?<space>[ \t\r]+|\\\n|#[^\n]*)|(?<newline>\n)|(?<number>\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+)|(?<string>"(?:[^"\\\n]|\\[^])*")|(?<name>[A-Za-z_]\w*)|(?<operator>\|\||&&|[-+*/%^=!<>]=|\+\+|--|>>|!~|[-+*/%^=!<>~?:,;(){}[\]$|])/y

/** A slash after one of these divides; anywhere else it begins a regular expression. */
const endsOperand = (token: AwkToken | undefined) =>
  token !== undefined &&
  (['number', 'string', 'name', 'regex'].includes(token.type) ||
    (token.type === 'operator' && [')', ']', '$', '++', '--'].includes(token.text)))

/** Splits an awk program into tokens; a name that touches its parenthesis is a call. */
export function awkTokens(program: string): AwkToken[] {
  const tokens: AwkToken[] = []
  let at = 0
  while (at < program.length) {
    if (program[at] === '/' && !endsOperand(tokens.at(-1))) {
      const match = /\/((?:[^/\\\n[]|\\.|\[(?:[^\]\\]|\\.)*\])*)\//y
      match.lastIndex = at
      const found = match.exec(program)
      if (!found) throw awkError('unterminated regexp')
      tokens.push({ type: 'regex', text: found[1] ?? '' })
      at = match.lastIndex
      continue
    }
    PATTERN.lastIndex = at
    const found = PATTERN.exec(program)
    if (!found) throw awkError(`syntax error at or near ${program.slice(at, at + 10)}`)
    at = PATTERN.lastIndex
    const { newline, number, string, name, operator } = found.groups ?? {}
    if (newline !== undefined) tokens.push({ type: 'newline', text: '\n' })
    else if (number !== undefined) tokens.push({ type: 'number', text: number })
    else if (string !== undefined)
      tokens.push({
        type: 'string',
        text: string.slice(1, -1).replace(/\\(.)/gs, (whole, letter: string) => ESCAPES[letter] ?? whole),
      })
    else if (name !== undefined) tokens.push({ type: program[at] === '(' ? 'call' : 'name', text: name })
    else if (operator !== undefined) tokens.push({ type: 'operator', text: operator })
  }
  return tokens
}
