import type { SearchField } from './search-fields.ts'
import { FIELD_NAMES, FIELD_RULES, fieldNamed, SEARCH_FIELDS } from './search-fields.ts'
import { nearestWord } from './search-nearest.ts'
import { parseLimit } from './search-time.ts'
import { tokenize } from './search-tokens.ts'

export interface SearchTerm {
  /** Null is free text: it may stand anywhere in the row. */
  field: SearchField | null
  /** Any one of them is enough; without quotes. Empty while a field's value is still to be typed. */
  values: readonly string[]
  negated: boolean
  /** The name before the colon when no such field exists (the term then is free text, colon and all). */
  unknown: string
  /** What is wrong with the term and what it does instead, as a sentence; '' when all is well. */
  problem: string
}

/** What somebody is looking for: a row must satisfy every term. */
export interface Search {
  terms: readonly SearchTerm[]
}

export const EMPTY_SEARCH: Search = { terms: [] }

/** Words from outside are quoted in sentences, so they are kept short. */
const short = (text: string) => (text.length > 40 ? `${text.slice(0, 39)}…` : text)

function unknownField(name: string): string {
  const nearest = fieldNamed(nearestWord(name, FIELD_NAMES) ?? '')
  const hint =
    nearest === undefined ? `Fields are ${SEARCH_FIELDS.join(', ')}.` : `Did you mean “${nearest}:”?`
  return `There is no field “${short(name)}”, so this is searched as text. ${hint}`
}

function unknownChoice(field: SearchField, value: string): string {
  const { choices } = FIELD_RULES[field]
  const nearest = nearestWord(value, choices)
  const hint = nearest === undefined ? `It is one of ${choices.join(', ')}.` : `Did you mean “${nearest}”?`
  return `“${short(value)}” is no value of “${field}:”. ${hint}`
}

/**
 * The choices that a typed value stands for: itself, those that fit its wildcards, or those that begin with it,
 * so that a list does not go empty while somebody is still typing.
 */
export function choicesFor(field: SearchField, value: string): readonly string[] {
  const lower = value.toLowerCase().replace(/^=/, '')
  const { choices } = FIELD_RULES[field]
  if (choices.includes(lower)) return [lower]
  if (!lower.includes('*')) return choices.filter((one) => one.startsWith(lower))
  const parts = lower.split('*')
  return choices.filter((one) => {
    let at = 0
    const inOrder = parts.every((piece) => {
      const found = one.indexOf(piece, at)
      at = found + piece.length
      return found >= 0
    })
    return inOrder && one.startsWith(parts[0] ?? '') && one.endsWith(parts.at(-1) ?? '')
  })
}

function problemOf(field: SearchField, values: readonly string[]): string {
  if (values.length === 0) return `“${field}:” needs a value, until then it filters nothing.`
  const { kind } = FIELD_RULES[field]
  if (kind === 'time') {
    const wrong = values.find((value) => parseLimit(value) === undefined)
    return wrong === undefined
      ? ''
      : `“${short(wrong)}” is no length of time, so it filters nothing. Write “${field}:>10m” or “${field}:<2d”.`
  }
  if (kind !== 'choice' && kind !== 'flag') return ''
  const wrong = values.find((value) => choicesFor(field, value).length === 0)
  return wrong === undefined ? '' : unknownChoice(field, wrong)
}

/**
 * Reads a search: free text and `field:value`, `a,b` for either, `"…"` around spaces, a leading `-` for not,
 * `*` for anything, a leading `=` for the whole value. Never throws; what it does not understand becomes a term with a `problem`.
 */
export function parseSearch(text: string): Search {
  const terms: SearchTerm[] = []
  for (const { name, values, negated } of tokenize(text)) {
    if (name === '') {
      if (values.length > 0) terms.push({ field: null, values, negated, unknown: '', problem: '' })
      continue
    }
    const field = fieldNamed(name)
    const known = field !== undefined
    const problem = known ? problemOf(field, values) : unknownField(name)
    terms.push({ field: field ?? null, values, negated, unknown: known ? '' : name, problem })
  }
  return terms.length === 0 ? EMPTY_SEARCH : { terms }
}

const NEEDS_QUOTES = /[\s,"\\\p{Cc}]/u
const LOOKS_LIKE_SYNTAX = /^-|^[A-Za-z]+:/

function quote(value: string, free: boolean): string {
  const plain = value !== '' && !NEEDS_QUOTES.test(value) && !(free && LOOKS_LIKE_SYNTAX.test(value))
  return plain ? value : `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}

/** One term as it is typed. */
export function printTerm(term: SearchTerm): string {
  const name = term.field ?? term.unknown
  const values = term.values.map((value) => quote(value, name === '')).join(',')
  return `${term.negated ? '-' : ''}${name === '' ? '' : `${name}:`}${values}`
}

/** The inverse of `parseSearch`: reading the text gives the same terms again. */
export function printSearch(search: Search): string {
  return search.terms.map(printTerm).join(' ')
}
