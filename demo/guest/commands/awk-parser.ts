import { AWK_FUNCTIONS, splitInto, substituteIn, truth } from './awk-functions.ts'
import { awkError, awkTokens } from './awk-tokens.ts'
import {
  arrayOf,
  awkRegex,
  compareValues,
  getField,
  getVariable,
  isTrue,
  setField,
  setVariable,
  toNumber,
  toText,
  type AwkState,
  type Value,
} from './awk-values.ts'
import { formatText } from './format-text.ts'

type Expression = (state: AwkState) => Value | undefined
/** What a statement does to the flow; nothing is going on. */
export type Flow = 'next' | 'exit' | 'break' | 'continue' | undefined
export type Statement = (state: AwkState) => Promise<Flow>

/** Somewhere that a value can be put. */
interface Place {
  get: Expression
  set: (state: AwkState, value: Value) => void
}

export interface Rule {
  when: 'BEGIN' | 'END' | 'record'
  from: Expression | undefined
  to: Expression | undefined
  inside: boolean
  run: Statement
}

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

/** Turns an awk program into functions. `turn` is awaited in every loop, so that none runs for ever unnoticed. */
export function parseAwk(program: string, turn: () => Promise<void>): Rule[] {
  const tokens = awkTokens(program)
  let at = 0
  /** Inside a list that `>` ends. */
  let noGreater = false
  /** Inside `for (`, where `in` is no operator. */
  let noIn = false
  const peek = (text: string) =>
    tokens[at]?.text === text && ['operator', 'newline', 'name', 'call'].includes(tokens[at]?.type ?? '')
  const accept = (text: string) => {
    if (!peek(text)) return false
    at++
    return true
  }
  const expect = (text: string) => {
    if (!accept(text)) throw awkError(`syntax error at or near ${tokens[at]?.text.trim() || 'end of file'}`)
  }
  const skipNewlines = () => {
    while (peek('\n') || peek(';')) at++
  }
  const places = new Map<Expression, Place>()
  const placed = (place: Place): Expression => {
    places.set(place.get, place)
    return place.get
  }
  const placeOf = (expression: Expression): Place => {
    const place = places.get(expression)
    if (!place) throw awkError('syntax error at or near =')
    return place
  }

  const list = (end: string): Expression[] => {
    const all: Expression[] = []
    const [greater, membership] = [noGreater, noIn]
    noGreater = false
    noIn = false
    while (!peek(end)) {
      all.push(expression())
      if (!accept(',')) break
      while (accept('\n'));
    }
    expect(end)
    noGreater = greater
    noIn = membership
    return all
  }

  const call = (name: string): Expression => {
    expect('(')
    if (name === 'split') {
      const text = expression()
      expect(',')
      const array = tokens[at++]?.text ?? ''
      const separator = accept(',') ? patternText() : undefined
      expect(')')
      return (state) => splitInto(state, toText(text(state)), array, separator?.(state))
    }
    if (name === 'sub' || name === 'gsub') {
      const pattern = patternText()
      expect(',')
      const replacement = expression()
      const place = accept(',') ? placeOf(expression()) : placeOf(fieldOf(() => 0))
      expect(')')
      return (state) => {
        const { text, count } = substituteIn(
          toText(place.get(state)),
          pattern(state),
          toText(replacement(state)),
          name === 'gsub',
        )
        if (count > 0) place.set(state, text)
        return count
      }
    }
    if (name === 'match') {
      const text = expression()
      expect(',')
      const pattern = patternText()
      expect(')')
      return (state) => AWK_FUNCTIONS['match']?.(state, [text(state), pattern(state)])
    }
    const run = Object.hasOwn(AWK_FUNCTIONS, name) ? AWK_FUNCTIONS[name] : undefined
    if (!run) throw awkError(`function ${name} never defined`)
    const args = list(')')
    return (state) =>
      run(
        state,
        args.map((arg) => arg(state)),
      )
  }

  /** A regular expression as its text, whether written between slashes or computed. */
  const patternText = (): ((state: AwkState) => string) => {
    const token = tokens[at]
    if (token?.type === 'regex') {
      at++
      return () => token.text
    }
    const value = additive()
    return (state) => toText(value(state))
  }

  const fieldOf = (index: (state: AwkState) => number): Expression =>
    placed({
      get: (state) => getField(state, index(state)),
      set: (state, value) => setField(state, index(state), value),
    })

  const subscript = (): ((state: AwkState) => string) => {
    const parts = list(']')
    return (state) => parts.map((part) => toText(part(state))).join('\u001c')
  }

  const primary = (): Expression => {
    const token = tokens[at++]
    switch (token?.type) {
      case 'number': {
        const number = Number(token.text)
        return () => number
      }
      case 'string':
        return () => token.text
      case 'regex':
        return (state) => truth(awkRegex(token.text).test(state.record))
      case 'call':
        return call(token.text)
      case 'name': {
        const name = token.text
        if (name === 'length') return (state) => state.record.length
        if (accept('[')) {
          const key = subscript()
          return placed({
            get(state) {
              const array = arrayOf(state, name)
              const found = array.get(key(state))
              if (found === undefined) array.set(key(state), { input: '' })
              return found
            },
            set: (state, value) => void arrayOf(state, name).set(key(state), value),
          })
        }
        return placed({
          get: (state) => getVariable(state, name),
          set: (state, value) => setVariable(state, name, value),
        })
      }
      case undefined:
      case 'operator':
      case 'newline':
      case 'end':
    }
    if (token?.text === '(') {
      const inner = list(')')
      if (inner.length > 1 && accept('in')) {
        const array = tokens[at++]?.text ?? ''
        return (state) =>
          truth(arrayOf(state, array).has(inner.map((part) => toText(part(state))).join('\u001c')))
      }
      const [only] = inner
      if (!only || inner.length > 1) throw awkError('syntax error at or near )')
      return (state) => only(state)
    }
    if (token?.text === '$') {
      const index = increment()
      return fieldOf((state) => Math.max(0, Math.trunc(toNumber(index(state)))))
    }
    throw awkError(`syntax error at or near ${token?.text.trim() || 'end of file'}`)
  }

  const increment = (): Expression => {
    for (const operator of ['++', '--']) {
      if (!accept(operator)) continue
      const place = placeOf(increment())
      return (state) => {
        const value = toNumber(place.get(state)) + (operator === '++' ? 1 : -1)
        place.set(state, value)
        return value
      }
    }
    const value = primary()
    for (const operator of ['++', '--']) {
      if (!peek(operator) || !places.has(value)) continue
      at++
      const place = placeOf(value)
      return (state) => {
        const before = toNumber(place.get(state))
        place.set(state, before + (operator === '++' ? 1 : -1))
        return before
      }
    }
    return value
  }
  const power = (): Expression => {
    const base = increment()
    if (!accept('^')) return base
    const exponent = unary()
    return (state) => toNumber(base(state)) ** toNumber(exponent(state))
  }
  const unary = (): Expression => {
    if (accept('!')) {
      const value = unary()
      return (state) => truth(!isTrue(value(state)))
    }
    if (accept('-')) {
      const value = unary()
      return (state) => -toNumber(value(state))
    }
    if (accept('+')) {
      const value = unary()
      return (state) => toNumber(value(state))
    }
    return power()
  }
  const binary = (operators: string[], next: () => Expression) => (): Expression => {
    let left = next()
    for (let operator = operators.find(peek); operator !== undefined; operator = operators.find(peek)) {
      at++
      const [a, b, apply] = [left, next(), ARITHMETIC[operator]]
      left = (state) => apply?.(toNumber(a(state)), toNumber(b(state)))
    }
    return left
  }
  const multiplicative = binary(['*', '/', '%'], unary)
  const additive = binary(['+', '-'], multiplicative)
  const startsOperand = () => {
    const token = tokens[at]
    if (!token || token.text === 'in') return false
    return (
      ['number', 'string', 'name', 'call', 'regex'].includes(token.type) ||
      (token.type === 'operator' && ['$', '!', '(', '-', '+', '++', '--'].includes(token.text))
    )
  }
  const concatenation = (): Expression => {
    let left = additive()
    while (startsOperand() && !peek('-') && !peek('+')) {
      const [a, b] = [left, additive()]
      left = (state) => toText(a(state)) + toText(b(state))
    }
    return left
  }
  const comparison = (): Expression => {
    const left = concatenation()
    const operator = Object.keys(COMPARE).find((each) => peek(each) && !(each === '>' && noGreater))
    if (operator === undefined) return left
    at++
    const right = concatenation()
    const holds = COMPARE[operator]
    return (state) => truth(holds?.(compareValues(left(state), right(state))) ?? false)
  }
  const matching = (): Expression => {
    let left = comparison()
    while (peek('~') || peek('!~')) {
      const wanted = tokens[at++]?.text === '~'
      const [text, pattern] = [left, patternText()]
      left = (state) => truth(awkRegex(pattern(state)).test(toText(text(state))) === wanted)
    }
    return left
  }
  const membership = (): Expression => {
    let left = matching()
    const isMember = () => !noIn && accept('in')
    while (isMember()) {
      const array = tokens[at++]?.text ?? ''
      const key = left
      left = (state) => truth(arrayOf(state, array).has(toText(key(state))))
    }
    return left
  }
  const both = (): Expression => {
    let left = membership()
    while (accept('&&')) {
      while (accept('\n'));
      const [a, b] = [left, membership()]
      left = (state) => truth(isTrue(a(state)) && isTrue(b(state)))
    }
    return left
  }
  const either = (): Expression => {
    let left = both()
    while (accept('||')) {
      while (accept('\n'));
      const [a, b] = [left, both()]
      left = (state) => truth(isTrue(a(state)) || isTrue(b(state)))
    }
    return left
  }
  const expression = (): Expression => {
    const left = either()
    if (accept('?')) {
      const yes = expression()
      expect(':')
      const no = expression()
      return (state) => (isTrue(left(state)) ? yes(state) : no(state))
    }
    const operator = ['=', '+=', '-=', '*=', '/=', '%=', '^='].find(peek)
    if (operator === undefined) return left
    at++
    const place = placeOf(left)
    const right = expression()
    const apply = ARITHMETIC[operator.slice(0, -1)]
    return (state) => {
      const value = right(state) ?? ''
      const result = apply ? apply(toNumber(place.get(state)), toNumber(value)) : value
      place.set(state, result)
      return result
    }
  }

  const block = (): Statement => {
    expect('{')
    const statements: Statement[] = []
    for (skipNewlines(); !peek('}'); skipNewlines()) {
      if (at >= tokens.length) throw awkError('syntax error at or near end of file')
      statements.push(statement())
    }
    expect('}')
    return async (state) => {
      for (const each of statements) {
        const flow = await each(state)
        if (flow) return flow
      }
      return undefined
    }
  }
  const body = (): Statement => {
    while (accept('\n'));
    return statement()
  }
  /** Runs a loop's body; answers what the loop does next. */
  const round = async (state: AwkState, run: Statement): Promise<{ stop: boolean; flow: Flow }> => {
    await turn()
    const flow = await run(state)
    if (flow === 'break') return { stop: true, flow: undefined }
    return flow === undefined || flow === 'continue' ? { stop: false, flow: undefined } : { stop: true, flow }
  }
  const loop =
    (
      before: Statement,
      condition: Expression | undefined,
      after: Statement,
      run: Statement,
      first: boolean,
    ): Statement =>
    async (state) => {
      await before(state)
      const goesOn = () => !condition || isTrue(condition(state))
      for (let skip = first; skip || goesOn(); skip = false) {
        const { stop, flow } = await round(state, run)
        if (stop) return flow
        await after(state)
      }
      return undefined
    }
  const nothing: Statement = () => Promise.resolve(undefined)

  const forStatement = (): Statement => {
    expect('(')
    if (tokens[at + 1]?.text === 'in' && tokens[at + 3]?.text === ')') {
      const [variable, array] = [tokens[at]?.text ?? '', tokens[at + 2]?.text ?? '']
      at += 4
      const run = body()
      return async (state) => {
        const keys = Array.from(arrayOf(state, array).keys())
        for (const key of keys) {
          setVariable(state, variable, { input: key })
          const { stop, flow } = await round(state, run)
          if (stop) return flow
        }
        return undefined
      }
    }
    const start = peek(';') ? nothing : simple()
    expect(';')
    const condition = peek(';') ? undefined : expression()
    expect(';')
    const step = peek(')') ? nothing : simple()
    expect(')')
    return loop(start, condition, step, body(), false)
  }

  const printStatement = (name: string): Statement => {
    noGreater = true
    let values: Expression[] = []
    const ends = () =>
      peek(';') || peek('\n') || peek('}') || peek('>') || peek('>>') || peek('|') || at >= tokens.length
    const saved = at
    // `print (a, b)` has its list in parentheses; `print (a) b` begins with one.
    if (accept('(')) {
      values = list(')')
      if (!ends()) {
        at = saved
        values = []
      }
    }
    if (values.length === 0 && !ends()) {
      do values.push(expression())
      while (accept(','))
    }
    noGreater = false
    if (peek('>') || peek('>>') || peek('|'))
      throw awkError('output redirection is not supported in this guest')
    if (name === 'printf') {
      return async (state) => {
        const [format, ...rest] = values.map((value) => toText(value(state)))
        state.output += formatText(format ?? '', rest)
        return undefined
      }
    }
    return async (state) => {
      const text =
        values.length === 0
          ? state.record
          : values.map((value) => toText(value(state))).join(toText(state.variables.get('OFS')))
      state.output += text + toText(state.variables.get('ORS'))
      return undefined
    }
  }

  const simple = (): Statement => {
    if (accept('delete')) {
      const name = tokens[at++]?.text ?? ''
      const key = accept('[') ? subscript() : undefined
      return async (state) => {
        if (key) arrayOf(state, name).delete(key(state))
        else arrayOf(state, name).clear()
        return undefined
      }
    }
    if (peek('print') || peek('printf')) return printStatement(tokens[at++]?.text ?? '')
    const value = expression()
    return async (state) => {
      value(state)
      return undefined
    }
  }

  const statement = (): Statement => {
    if (peek('{')) return block()
    if (accept('if')) {
      expect('(')
      const condition = expression()
      expect(')')
      const yes = body()
      const saved = at
      skipNewlines()
      const no = accept('else') ? body() : undefined
      if (!no) at = saved
      return async (state) => (isTrue(condition(state)) ? yes(state) : no?.(state))
    }
    if (accept('while')) {
      expect('(')
      const condition = expression()
      expect(')')
      return loop(nothing, condition, nothing, body(), false)
    }
    if (accept('do')) {
      const run = body()
      skipNewlines()
      expect('while')
      expect('(')
      const condition = expression()
      expect(')')
      return loop(nothing, condition, nothing, run, true)
    }
    if (accept('for')) return forStatement()
    for (const flow of ['next', 'break', 'continue'] as const)
      if (accept(flow)) return () => Promise.resolve(flow)
    if (accept('exit')) {
      const code = peek(';') || peek('\n') || peek('}') ? undefined : expression()
      return async (state) => {
        if (code) state.variables.set('exit status', code(state) ?? 0)
        return 'exit'
      }
    }
    const made = simple()
    if (!peek('}') && !peek(';') && !peek('\n') && at < tokens.length)
      throw awkError(`syntax error at or near ${tokens[at]?.text ?? ''}`)
    return made
  }

  const printRecord: Statement = async (state) => {
    state.output += state.record + toText(state.variables.get('ORS'))
    return undefined
  }
  const rules: Rule[] = []
  for (skipNewlines(); at < tokens.length; skipNewlines()) {
    const when = accept('BEGIN') ? 'BEGIN' : accept('END') ? 'END' : 'record'
    const from = when === 'record' && !peek('{') ? expression() : undefined
    const to = from && accept(',') ? expression() : undefined
    rules.push({ when, from, to, inside: false, run: peek('{') ? block() : printRecord })
  }
  return rules
}
