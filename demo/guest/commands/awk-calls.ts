import { AWK_FUNCTIONS, splitInto, substituteIn } from './awk-functions.ts'
import { awkError } from './awk-tokens.ts'
import { toText } from './awk-values.ts'
import type { AwkCursor } from './awk-cursor.ts'
import { fieldOf, type Places } from './awk-places.ts'
import type { Expression } from './awk-program.ts'
import type { AwkState } from './awk-values.ts'

/** What the parts of an expression are read with. */
export interface AwkOperands {
  cursor: AwkCursor
  places: Places
  expression(): Expression
  /** Expressions with commas between them, up to `end`, which is taken. */
  list(end: string): Expression[]
  /** A regular expression as its text, whether written between slashes or computed. */
  patternText(): (state: AwkState) => string
  /** What stands between the brackets of an array: its key. */
  subscript(): (state: AwkState) => string
}

/** A call whose name has been taken. Throws for a function that is none. */
export function awkCall(parser: AwkOperands, name: string): Expression {
  const { cursor, places, expression, list, patternText } = parser
  cursor.expect('(')
  if (name === 'split') {
    const text = expression()
    cursor.expect(',')
    const array = cursor.take()?.text ?? ''
    const separator = cursor.accept(',') ? patternText() : undefined
    cursor.expect(')')
    return (state) => splitInto(state, toText(text(state)), array, separator?.(state))
  }
  if (name === 'sub' || name === 'gsub') {
    const pattern = patternText()
    cursor.expect(',')
    const replacement = expression()
    const place = cursor.accept(',') ? places.placeOf(expression()) : places.placeOf(fieldOf(places, () => 0))
    cursor.expect(')')
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
    cursor.expect(',')
    const pattern = patternText()
    cursor.expect(')')
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
