import { truth } from './awk-functions.ts'
import { awkError } from './awk-tokens.ts'
import { arrayOf, awkRegex, getVariable, setVariable, toNumber, toText } from './awk-values.ts'
import { awkCall, type AwkOperands } from './awk-calls.ts'
import { fieldOf } from './awk-places.ts'
import type { Expression } from './awk-program.ts'

/** Numbers, texts, variables, fields, calls and parentheses, with `++` and `--` around them. */
export function awkOperand(parser: AwkOperands): () => Expression {
  const { cursor, places, list, subscript } = parser
  const primary = (): Expression => {
    const token = cursor.take()
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
        return awkCall(parser, token.text)
      case 'name': {
        const name = token.text
        if (name === 'length') return (state) => state.record.length
        if (cursor.accept('[')) {
          const key = subscript()
          return places.placed({
            get(state) {
              const array = arrayOf(state, name)
              const found = array.get(key(state))
              if (found === undefined) array.set(key(state), { input: '' })
              return found
            },
            set: (state, value) => void arrayOf(state, name).set(key(state), value),
          })
        }
        return places.placed({
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
      if (inner.length > 1 && cursor.accept('in')) {
        const array = cursor.take()?.text ?? ''
        return (state) =>
          truth(arrayOf(state, array).has(inner.map((part) => toText(part(state))).join('\u001c')))
      }
      const [only] = inner
      if (!only || inner.length > 1) throw awkError('syntax error at or near )')
      return (state) => only(state)
    }
    if (token?.text === '$') {
      const index = increment()
      return fieldOf(places, (state) => Math.max(0, Math.trunc(toNumber(index(state)))))
    }
    throw awkError(`syntax error at or near ${token?.text.trim() || 'end of file'}`)
  }

  const increment = (): Expression => {
    for (const operator of ['++', '--']) {
      if (!cursor.accept(operator)) continue
      const place = places.placeOf(increment())
      return (state) => {
        const value = toNumber(place.get(state)) + (operator === '++' ? 1 : -1)
        place.set(state, value)
        return value
      }
    }
    const value = primary()
    for (const operator of ['++', '--']) {
      if (!cursor.peek(operator) || !places.isPlace(value)) continue
      cursor.take()
      const place = places.placeOf(value)
      return (state) => {
        const before = toNumber(place.get(state))
        place.set(state, before + (operator === '++' ? 1 : -1))
        return before
      }
    }
    return value
  }

  return increment
}
