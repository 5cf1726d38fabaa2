import { awkError } from './awk-tokens.ts'
import { toText } from './awk-values.ts'
import type { AwkOperands } from './awk-calls.ts'
import type { Expression, Statement } from './awk-program.ts'
import { formatText } from './format-text.ts'

/** `print` or `printf`, whose name has been taken. */
export function printStatement({ cursor, expression, list }: AwkOperands, name: string): Statement {
  cursor.noGreater = true
  let values: Expression[] = []
  const ends = () =>
    cursor.peek(';') ||
    cursor.peek('\n') ||
    cursor.peek('}') ||
    cursor.peek('>') ||
    cursor.peek('>>') ||
    cursor.peek('|') ||
    cursor.atEnd()
  const saved = cursor.mark()
  // `print (a, b)` has its list in parentheses; `print (a) b` begins with one.
  if (cursor.accept('(')) {
    values = list(')')
    if (!ends()) {
      cursor.back(saved)
      values = []
    }
  }
  if (values.length === 0 && !ends()) {
    do values.push(expression())
    while (cursor.accept(','))
  }
  cursor.noGreater = false
  if (cursor.peek('>') || cursor.peek('>>') || cursor.peek('|'))
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
