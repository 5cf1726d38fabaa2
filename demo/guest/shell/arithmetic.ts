/** Where arithmetic finds and leaves its variables. */
export interface ArithmeticScope {
  get(name: string): string
  set(name: string, value: string): void
}

/** The expression makes no sense; the message is the shell's. */
export function arithmeticError(message: string): Error & { arithmetic: true } {
  return Object.assign(new Error(message), { arithmetic: true as const })
}

const TOKEN =
  /\s*(?:(0[xX][0-9a-fA-F]+|\d+)|([A-Za-z_]\w*)|(<<=|>>=|\*\*|\+\+|--|&&|\|\||<<|>>|[<>=!]=|[-+*/%&|^]=|[-+*/%<>=!~&|^?:(),]))/y

/** Binary operators by how tightly they bind. */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<', '>', '<=', '>='],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
  ['**'],
]

const flag = (truth: boolean) => (truth ? 1n : 0n)
const divisor = (value: bigint) => {
  if (value === 0n) throw arithmeticError('division by zero')
  return value
}
/** A shift of 64 bits or more means, as on the processor, its lowest six bits. */
const shift = (value: bigint) => value & 63n

const BINARY: Record<string, (a: bigint, b: bigint) => bigint> = {
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '&': (a, b) => a & b,
  '==': (a, b) => flag(a === b),
  '!=': (a, b) => flag(a !== b),
  '<': (a, b) => flag(a < b),
  '>': (a, b) => flag(a > b),
  '<=': (a, b) => flag(a <= b),
  '>=': (a, b) => flag(a >= b),
  '<<': (a, b) => a << shift(b),
  '>>': (a, b) => a >> shift(b),
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / divisor(b),
  '%': (a, b) => a % divisor(b),
  '**': (a, b) => {
    if (b < 0n) throw arithmeticError('exponent less than 0')
    let result = 1n
    for (let n = b > 4096n ? 4096n : b; n > 0n; n--) result = BigInt.asIntN(64, result * a)
    return result
  },
}

const wrap = (value: bigint) => BigInt.asIntN(64, value)

/** A literal as C reads it: 0x is hexadecimal, a leading 0 octal. */
function literal(text: string): bigint {
  if (/^0\d/.test(text)) {
    if (/[89]/.test(text)) throw arithmeticError(`${text}: value too great for base`)
    return BigInt(`0o${text.slice(1)}`)
  }
  return BigInt(text)
}

/** Evaluates an expression in 64-bit integers, as POSIX shells do. Throws an arithmetic error. */
export function evaluate(expression: string, scope: ArithmeticScope, depth = 0): bigint {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  const text = expression.trim()
  while (TOKEN.lastIndex < text.length) {
    const from = TOKEN.lastIndex
    const match = TOKEN.exec(text)
    if (!match)
      throw arithmeticError(
        `arithmetic expression: expecting EOF: "${expression}"`.replace(
          'expecting EOF',
          from === 0 ? 'expecting primary' : 'expecting EOF',
        ),
      )
    tokens.push(match[1] ?? match[2] ?? match[3] ?? '')
  }
  if (tokens.length === 0) return 0n
  let at = 0
  const peek = () => tokens[at]
  const primaryMissing = () => arithmeticError(`arithmetic expression: expecting primary: "${expression}"`)

  const valueOf = (name: string): bigint => {
    const value = scope.get(name).trim()
    if (value === '') return 0n
    if (/^-?\d+$|^0[xX][0-9a-fA-F]+$/.test(value))
      return value.startsWith('-') ? -literal(value.slice(1)) : literal(value)
    if (depth > 32) throw arithmeticError(`${name}: expression recursion level exceeded`)
    return evaluate(value, scope, depth + 1)
  }
  const assign = (name: string, value: bigint) => {
    scope.set(name, String(wrap(value)))
    return wrap(value)
  }
  const isName = (token: string | undefined) => token !== undefined && /^[A-Za-z_]/.test(token)

  const primary = (): bigint => {
    const token = tokens[at++]
    if (token === undefined) throw primaryMissing()
    if (token === '(') {
      const value = comma()
      if (tokens[at++] !== ')') throw arithmeticError(`arithmetic expression: expecting ')': "${expression}"`)
      return value
    }
    if (token === '-') return wrap(-primary())
    if (token === '+') return primary()
    if (token === '!') return flag(primary() === 0n)
    if (token === '~') return ~primary()
    const target = peek()
    if ((token === '++' || token === '--') && isName(target)) {
      at++
      return assign(target ?? '', valueOf(target ?? '') + (token === '++' ? 1n : -1n))
    }
    if (/^\d/.test(token)) return literal(token)
    if (!isName(token)) throw primaryMissing()
    if (target === '++' || target === '--') {
      at++
      const before = valueOf(token)
      assign(token, before + (target === '++' ? 1n : -1n))
      return before
    }
    return valueOf(token)
  }
  const binary = (level: number): bigint => {
    const operators = LEVELS[level]
    if (!operators) return primary()
    let left = binary(level + 1)
    for (let operator = peek(); operator !== undefined && operators.includes(operator); operator = peek()) {
      at++
      const right = binary(operator === '**' ? level : level + 1)
      if (operator === '&&') left = flag(left !== 0n && right !== 0n)
      else if (operator === '||') left = flag(left !== 0n || right !== 0n)
      else left = wrap(BINARY[operator]?.(left, right) ?? 0n)
    }
    return left
  }
  const ternary = (): bigint => {
    const name = peek()
    const operator = tokens[at + 1]
    if (isName(name) && operator !== undefined && /^(?:<<|>>|[-+*/%&|^])?=$/.test(operator)) {
      at += 2
      const right = ternary()
      const simple = operator.slice(0, -1)
      return assign(
        name ?? '',
        simple === '' ? right : (BINARY[simple]?.(valueOf(name ?? ''), right) ?? right),
      )
    }
    const condition = binary(0)
    if (peek() !== '?') return condition
    at++
    const yes = comma()
    if (tokens[at++] !== ':') throw arithmeticError(`arithmetic expression: expecting ':': "${expression}"`)
    const no = ternary()
    return condition === 0n ? no : yes
  }
  const comma = (): bigint => {
    let value = ternary()
    while (peek() === ',') {
      at++
      value = ternary()
    }
    return value
  }
  const result = comma()
  if (at < tokens.length) throw arithmeticError(`arithmetic expression: expecting EOF: "${expression}"`)
  return result
}

export function isArithmeticError(error: unknown): error is Error & { arithmetic: true } {
  return error instanceof Error && 'arithmetic' in error
}
