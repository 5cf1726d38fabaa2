import { awkError } from './awk-tokens.ts'
import { arrayOf, isTrue, setVariable } from './awk-values.ts'
import type { AwkOperands } from './awk-calls.ts'
import { awkLoops, nothing } from './awk-loops.ts'
import { printStatement } from './awk-print.ts'
import type { Statement } from './awk-program.ts'

/** The statements of a program. `turn` is awaited in every loop. */
export function awkStatements(parser: AwkOperands, turn: () => Promise<void>): { block(): Statement } {
  const { cursor, expression, subscript } = parser
  const { round, loop } = awkLoops(turn)
  const block = (): Statement => {
    cursor.expect('{')
    const statements: Statement[] = []
    for (cursor.skipNewlines(); !cursor.peek('}'); cursor.skipNewlines()) {
      if (cursor.atEnd()) throw awkError('syntax error at or near end of file')
      statements.push(statement())
    }
    cursor.expect('}')
    return async (state) => {
      for (const each of statements) {
        const flow = await each(state)
        if (flow) return flow
      }
      return undefined
    }
  }

  const body = (): Statement => {
    cursor.skipLineEnds()
    return statement()
  }

  const forStatement = (): Statement => {
    cursor.expect('(')
    if (cursor.token(1)?.text === 'in' && cursor.token(3)?.text === ')') {
      const [variable, array] = [cursor.token()?.text ?? '', cursor.token(2)?.text ?? '']
      for (let token = 0; token < 4; token++) cursor.take()
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
    const start = cursor.peek(';') ? nothing : simple()
    cursor.expect(';')
    const condition = cursor.peek(';') ? undefined : expression()
    cursor.expect(';')
    const step = cursor.peek(')') ? nothing : simple()
    cursor.expect(')')
    return loop(start, condition, step, body(), false)
  }

  const simple = (): Statement => {
    if (cursor.accept('delete')) {
      const name = cursor.take()?.text ?? ''
      const key = cursor.accept('[') ? subscript() : undefined
      return async (state) => {
        if (key) arrayOf(state, name).delete(key(state))
        else arrayOf(state, name).clear()
        return undefined
      }
    }
    if (cursor.peek('print') || cursor.peek('printf'))
      return printStatement(parser, cursor.take()?.text ?? '')
    const value = expression()
    return async (state) => {
      value(state)
      return undefined
    }
  }

  const statement = (): Statement => {
    if (cursor.peek('{')) return block()
    if (cursor.accept('if')) {
      cursor.expect('(')
      const condition = expression()
      cursor.expect(')')
      const yes = body()
      const saved = cursor.mark()
      cursor.skipNewlines()
      const no = cursor.accept('else') ? body() : undefined
      if (!no) cursor.back(saved)
      return async (state) => (isTrue(condition(state)) ? yes(state) : no?.(state))
    }
    if (cursor.accept('while')) {
      cursor.expect('(')
      const condition = expression()
      cursor.expect(')')
      return loop(nothing, condition, nothing, body(), false)
    }
    if (cursor.accept('do')) {
      const run = body()
      cursor.skipNewlines()
      cursor.expect('while')
      cursor.expect('(')
      const condition = expression()
      cursor.expect(')')
      return loop(nothing, condition, nothing, run, true)
    }
    if (cursor.accept('for')) return forStatement()
    for (const flow of ['next', 'break', 'continue'] as const)
      if (cursor.accept(flow)) return () => Promise.resolve(flow)
    if (cursor.accept('exit')) {
      const code = cursor.peek(';') || cursor.peek('\n') || cursor.peek('}') ? undefined : expression()
      return async (state) => {
        if (code) state.variables.set('exit status', code(state) ?? 0)
        return 'exit'
      }
    }
    const made = simple()
    if (!cursor.peek('}') && !cursor.peek(';') && !cursor.peek('\n') && !cursor.atEnd())
      throw awkError(`syntax error at or near ${cursor.token()?.text ?? ''}`)
    return made
  }

  return { block }
}
