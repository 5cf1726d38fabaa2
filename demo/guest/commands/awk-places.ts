import { awkError } from './awk-tokens.ts'
import { getField, setField, type AwkState } from './awk-values.ts'
import type { Expression, Place } from './awk-program.ts'

/** Which expressions are places that a value can be put. */
export interface Places {
  placed(place: Place): Expression
  isPlace(expression: Expression): boolean
  /** Throws for what is none. */
  placeOf(expression: Expression): Place
}

export function awkPlaces(): Places {
  const places = new Map<Expression, Place>()
  return {
    placed(place) {
      places.set(place.get, place)
      return place.get
    },
    isPlace: (expression) => places.has(expression),
    placeOf(expression) {
      const place = places.get(expression)
      if (!place) throw awkError('syntax error at or near =')
      return place
    },
  }
}

export const fieldOf = ({ placed }: Places, index: (state: AwkState) => number): Expression =>
  placed({
    get: (state) => getField(state, index(state)),
    set: (state, value) => setField(state, index(state), value),
  })
