import type { SearchField } from './search-fields.ts'
import type { Search, SearchTerm } from './search.ts'
import { parseSearch, printSearch, printTerm } from './search.ts'

const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()
const holds = (term: SearchTerm, value: string) => term.values.some((one) => same(one, value))

/** Terms are put together through the text, so that an edited search is judged like a typed one. */
const reread = (terms: readonly SearchTerm[]): Search => parseSearch(printSearch({ terms }))

function newTerm(field: SearchField | null, value: string, negated: boolean): SearchTerm {
  return { field, values: [value], negated, unknown: '', problem: '' }
}

/** True when the search asks for this value of this field (and does not exclude it). */
export function hasTerm(search: Search, field: SearchField, value: string): boolean {
  return search.terms.some((term) => term.field === field && !term.negated && holds(term, value))
}

/** Adds a term unless it is there; an opposite term of the same value gives way. */
export function withTerm(search: Search, field: SearchField | null, value: string, negated = false): Search {
  const exists = search.terms.some(
    (term) => term.field === field && term.negated === negated && holds(term, value),
  )
  if (exists) return search
  const others = dropValue(search, field, value, !negated)
  return reread([...others, newTerm(field, value, negated)])
}

/** Drops the term at an index of `search.terms`: the cross of its chip. */
export function withoutTerm(search: Search, index: number): Search {
  return { terms: search.terms.filter((_, at) => at !== index) }
}

/** Turns the term at an index around: `phase:failed` becomes `-phase:failed`. */
export function negateTerm(search: Search, index: number): Search {
  return reread(search.terms.map((term, at) => (at === index ? { ...term, negated: !term.negated } : term)))
}

function dropValue(search: Search, field: SearchField | null, value: string, negated: boolean): SearchTerm[] {
  return search.terms.flatMap((term) => {
    if (term.field !== field || term.negated !== negated || !holds(term, value)) return [term]
    const values = term.values.filter((one) => !same(one, value))
    return values.length === 0 ? [] : [{ ...term, values }]
  })
}

/**
 * What a tile or a facet does when clicked: takes the value out when the search asks for it, else asks for it,
 * beside the values of the same field that are asked for already (`phase:failed` becomes `phase:failed,ready`).
 */
export function toggleTerm(search: Search, field: SearchField, value: string): Search {
  if (hasTerm(search, field, value)) return reread(dropValue(search, field, value, false))
  const others = dropValue(search, field, value, true)
  const at = others.findIndex((term) => term.field === field && !term.negated && term.values.length > 0)
  const found = others[at]
  if (found === undefined) return reread([...others, newTerm(field, value, false)])
  return reread(others.with(at, { ...found, values: [...found.values, value] }))
}

/** A term to be put into a text field, quoted as needed: `ns:dev`, `image:"my image"`. */
export function termText(field: SearchField, value: string, negated = false): string {
  return printTerm(newTerm(field, value, negated))
}
