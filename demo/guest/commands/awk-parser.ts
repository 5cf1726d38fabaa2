import { toText } from './awk-values.ts'
import { awkCursor } from './awk-cursor.ts'
import { awkExpressions } from './awk-expressions.ts'
import type { Rule, Statement } from './awk-program.ts'
import { awkStatements } from './awk-statements.ts'

const printRecord: Statement = async (state) => {
  state.output += state.record + toText(state.variables.get('ORS'))
  return undefined
}

/** Turns an awk program into functions. `turn` is awaited in every loop, so that none runs for ever unnoticed. */
export function parseAwk(program: string, turn: () => Promise<void>): Rule[] {
  const cursor = awkCursor(program)
  const parser = awkExpressions(cursor)
  const { expression } = parser
  const { block } = awkStatements(parser, turn)
  const rules: Rule[] = []
  for (cursor.skipNewlines(); !cursor.atEnd(); cursor.skipNewlines()) {
    const when = cursor.accept('BEGIN') ? 'BEGIN' : cursor.accept('END') ? 'END' : 'record'
    const from = when === 'record' && !cursor.peek('{') ? expression() : undefined
    const to = from && cursor.accept(',') ? expression() : undefined
    rules.push({ when, from, to, inside: false, run: cursor.peek('{') ? block() : printRecord })
  }
  return rules
}
