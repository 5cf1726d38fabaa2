import { truth } from './awk-functions.ts'
import { awkError } from './awk-tokens.ts'
import { arrayOf, awkRegex, compareValues, isTrue, toNumber, toText, type AwkState } from './awk-values.ts'
import type { AwkOperands } from './awk-calls.ts'
import type { AwkCursor } from './awk-cursor.ts'
import { awkOperand } from './awk-operands.ts'
import { awkPlaces } from './awk-places.ts'
import type { Expression } from './awk-program.ts'

const ARITHMETIC: Record<string, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => {
    if (b === 0) throw awkError('division by zero')
    return a / b
  },
  '%': (a, b) => a % b,
  '^': (a, b) => a ** b,
}

const COMPARE: Record<string, (order: number) => boolean> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
}

/** The expressions of a program, by the precedence of their operators. */
export function awkExpressions(cursor: AwkCursor): AwkOperands {
  const places = awkPlaces()
  const list = (end: string): Expression[] => {
    const all: Expression[] = []
    const [greater, membership] = [cursor.noGreater, cursor.noIn]
    cursor.noGreater = false
    cursor.noIn = false
    while (!cursor.peek(end)) {
      all.push(expression())
      if (!cursor.accept(',')) break
      cursor.skipLineEnds()
    }
    cursor.expect(end)
    cursor.noGreater = greater
    cursor.noIn = membership
    return all
  }

  /** A regular expression as its text, whether written between slashes or computed. */
  const patternText = (): ((state: AwkState) => string) => {
    const token = cursor.token()
    if (token?.type === 'regex') {
      cursor.take()
      return () => token.text
    }
    const value = additive()
    return (state) => toText(value(state))
  }

  const subscript = (): ((state: AwkState) => string) => {
    const parts = list(']')
    return (state) => parts.map((part) => toText(part(state))).join('\u001c')
  }

  const power = (): Expression => {
    const base = increment()
    if (!cursor.accept('^')) return base
    const exponent = unary()
    return (state) => toNumber(base(state)) ** toNumber(exponent(state))
  }
  const unary = (): Expression => {
    if (cursor.accept('!')) {
      const value = unary()
      return (state) => truth(!isTrue(value(state)))
    }
    if (cursor.accept('-')) {
      const value = unary()
      return (state) => -toNumber(value(state))
    }
    if (cursor.accept('+')) {
      const value = unary()
      return (state) => toNumber(value(state))
    }
    return power()
  }
  const binary = (operators: string[], next: () => Expression) => (): Expression => {
    let left = next()
    for (
      let operator = operators.find(cursor.peek);
      operator !== undefined;
      operator = operators.find(cursor.peek)
    ) {
      cursor.take()
      const [a, b, apply] = [left, next(), ARITHMETIC[operator]]
      left = (state) => apply?.(toNumber(a(state)), toNumber(b(state)))
    }
    return left
  }
  const multiplicative = binary(['*', '/', '%'], unary)
  const additive = binary(['+', '-'], multiplicative)
  const startsOperand = () => {
    const token = cursor.token()
    if (!token || token.text === 'in') return false
    return (
      ['number', 'string', 'name', 'call', 'regex'].includes(token.type) ||
      (token.type === 'operator' && ['$', '!', '(', '-', '+', '++', '--'].includes(token.text))
    )
  }
  const concatenation = (): Expression => {
    let left = additive()
    while (startsOperand() && !cursor.peek('-') && !cursor.peek('+')) {
      const [a, b] = [left, additive()]
      left = (state) => toText(a(state)) + toText(b(state))
    }
    return left
  }
  const comparison = (): Expression => {
    const left = concatenation()
    const operator = Object.keys(COMPARE).find(
      (each) => cursor.peek(each) && !(each === '>' && cursor.noGreater),
    )
    if (operator === undefined) return left
    cursor.take()
    const right = concatenation()
    const holds = COMPARE[operator]
    return (state) => truth(holds?.(compareValues(left(state), right(state))) ?? false)
  }
  const matching = (): Expression => {
    let left = comparison()
    while (cursor.peek('~') || cursor.peek('!~')) {
      const wanted = cursor.take()?.text === '~'
      const [text, pattern] = [left, patternText()]
      left = (state) => truth(awkRegex(pattern(state)).test(toText(text(state))) === wanted)
    }
    return left
  }
  const membership = (): Expression => {
    let left = matching()
    const isMember = () => !cursor.noIn && cursor.accept('in')
    while (isMember()) {
      const array = cursor.take()?.text ?? ''
      const key = left
      left = (state) => truth(arrayOf(state, array).has(toText(key(state))))
    }
    return left
  }
  const both = (): Expression => {
    let left = membership()
    while (cursor.accept('&&')) {
      cursor.skipLineEnds()
      const [a, b] = [left, membership()]
      left = (state) => truth(isTrue(a(state)) && isTrue(b(state)))
    }
    return left
  }
  const either = (): Expression => {
    let left = both()
    while (cursor.accept('||')) {
      cursor.skipLineEnds()
      const [a, b] = [left, both()]
      left = (state) => truth(isTrue(a(state)) || isTrue(b(state)))
    }
    return left
  }
  const expression = (): Expression => {
    const left = either()
    if (cursor.accept('?')) {
      const yes = expression()
      cursor.expect(':')
      const no = expression()
      return (state) => (isTrue(left(state)) ? yes(state) : no(state))
    }
    const operator = ['=', '+=', '-=', '*=', '/=', '%=', '^='].find(cursor.peek)
    if (operator === undefined) return left
    cursor.take()
    const place = places.placeOf(left)
    const right = expression()
    const apply = ARITHMETIC[operator.slice(0, -1)]
    return (state) => {
      const value = right(state) ?? ''
      const result = apply ? apply(toNumber(place.get(state)), toNumber(value)) : value
      place.set(state, result)
      return result
    }
  }
  const parser: AwkOperands = { cursor, places, expression, list, patternText, subscript }
  const increment = awkOperand(parser)
  return parser
}
