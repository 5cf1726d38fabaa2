import type { SearchField } from './search-fields.ts'
import { FIELD_RULES, fieldNamed, SEARCH_FIELDS } from './search-fields.ts'
import { termText } from './search-edit.ts'
import type { SearchToken } from './search-tokens.ts'
import { tokenize } from './search-tokens.ts'
import type { Facets } from './summary-facets.ts'

export interface Suggestion {
  /** What to put between `from` and `to`; ends with a space when the term is complete. */
  insert: string
  /** The field's name with its colon, or the value. */
  label: string
  /** What the field looks at, or the field that the value is of. */
  detail: string
  /** VMs that have the value; null where that is not counted. */
  count: number | null
}

/** Suggestions for the word under the caret, and the range of the text that they replace. */
export interface Suggestions {
  from: number
  to: number
  options: readonly Suggestion[]
}

const MOST = 8
const TIME_EXAMPLES = ['>10m', '>1h', '>1d', '<10m', '<1h', '<1d']
const NOTHING: Facets = {}

interface Value {
  value: string
  count: number | null
}

/** What a field can be: counted values first, then the choices that no VM has at the moment. */
function valuesOf(field: SearchField, facets: Facets): Value[] {
  if (FIELD_RULES[field].kind === 'time') return TIME_EXAMPLES.map((value) => ({ value, count: null }))
  const counted: Value[] = [...(facets[field] ?? [])]
  const seen = new Set(counted.map(({ value }) => value))
  const isCounted = facets[field] !== undefined
  const others = FIELD_RULES[field].choices.filter((value) => !seen.has(value))
  return [...counted, ...others.map((value) => ({ value, count: isCounted ? 0 : null }))]
}

/** Values that begin with the text before those that only contain it. */
function fitting(values: readonly Value[], typed: string): Value[] {
  const lower = typed.toLowerCase()
  const begins = values.filter(({ value }) => value.toLowerCase().startsWith(lower))
  const contains = values.filter(({ value }) => value.toLowerCase().indexOf(lower) > 0)
  return [...begins, ...contains]
}

function valueSuggestion(field: SearchField, { value, count }: Value, insert: string): Suggestion {
  return { insert: `${insert} `, label: value, detail: FIELD_RULES[field].label, count }
}

function forField(token: SearchToken, field: SearchField, text: string, facets: Facets): Suggestions {
  const typed = text.slice(token.lastValueStart, token.end).replaceAll('"', '')
  const options = fitting(valuesOf(field, facets), typed)
    .slice(0, MOST)
    .map((one) => valueSuggestion(field, one, termText(field, one.value).slice(field.length + 1)))
  return { from: token.lastValueStart, to: token.end, options }
}

/** Values of any field, for somebody who types `fail` and means `phase:failed`. Those that no VM has are left out. */
function valuesAnywhere(typed: string, facets: Facets): Suggestion[] {
  const found = SEARCH_FIELDS.filter((field) => FIELD_RULES[field].kind !== 'time').flatMap((field) =>
    fitting(valuesOf(field, facets), typed)
      .map((one) => ({ field, one, begins: one.value.toLowerCase().startsWith(typed) }))
      .filter(({ one, begins }) => one.count !== 0 && (begins || one.count !== null))
      .slice(0, 3),
  )
  return found
    .sort((a, b) => Number(b.begins) - Number(a.begins))
    .map(({ field, one }) => valueSuggestion(field, one, termText(field, one.value)))
}

function forText(token: SearchToken, text: string, facets: Facets): Suggestions {
  const from = token.negated ? token.start + 1 : token.start
  const typed = text.slice(from, token.end).toLowerCase()
  const fields = SEARCH_FIELDS.filter((field) =>
    [field, ...FIELD_RULES[field].aliases].some((name) => name.startsWith(typed)),
  ).map((field) => ({
    insert: `${field}:`,
    label: `${field}:`,
    detail: FIELD_RULES[field].label,
    count: null,
  }))
  const values = typed === '' ? [] : valuesAnywhere(typed, facets)
  return { from, to: token.end, options: [...fields, ...values].slice(0, typed === '' ? undefined : MOST) }
}

/**
 * What could be meant by the word at the caret (a position in UTF-16 units, as a text field tells it): names
 * of fields, and values that the fleet has. `facets` comes from `facetsOf`.
 */
export function suggest(text: string, caret: number, facets: Facets = NOTHING): Suggestions {
  const before = text.slice(0, Math.max(0, caret))
  const token = tokenize(before).at(-1)
  if (token === undefined || token.end < before.length) {
    const empty = { start: caret, end: caret, negated: false, name: '', values: [], lastValueStart: caret }
    return forText(empty, text, facets)
  }
  const field = token.name === '' ? undefined : fieldNamed(token.name)
  return field === undefined ? forText(token, text, facets) : forField(token, field, text, facets)
}
