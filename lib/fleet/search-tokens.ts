/** One word of a search as typed. Positions count UTF-16 units, as text fields do. */
export interface SearchToken {
  start: number
  end: number
  negated: boolean
  /** What stands before the colon; '' for free text. */
  name: string
  values: string[]
  /** Where the last value begins (at its quote, if it has one). */
  lastValueStart: number
}

/** A longer text is not a search but an accident; the rest is left out. */
const LONGEST = 2000
const NAME = /[A-Za-z]+:/y
const isSpace = (letter: string) => letter.trim() === '' || letter < ' '

/** Reads one value up to a comma, a space or its closing quote; a quote left open runs to the end. */
function readValue(text: string, start: number): { value: string; end: number } {
  let at = start
  let value = ''
  let quoted = false
  for (; at < text.length; at++) {
    const letter = text.charAt(at)
    if (letter === '"') quoted = !quoted
    else if (letter === '\\' && quoted && at + 1 < text.length) value += text.charAt(++at)
    else if (!quoted && (letter === ',' || isSpace(letter))) break
    else value += letter
  }
  return { value, end: at }
}

function readToken(text: string, start: number): SearchToken {
  const next = text.charAt(start + 1)
  const negated = text.charAt(start) === '-' && next !== '' && !isSpace(next)
  let at = negated ? start + 1 : start
  NAME.lastIndex = at
  const name = NAME.exec(text)?.[0].slice(0, -1) ?? ''
  if (name !== '') at += name.length + 1
  const values: string[] = []
  let lastValueStart = at
  for (;;) {
    const { value, end } = readValue(text, at)
    if (value !== '') values.push(value)
    lastValueStart = at
    at = end
    if (text.charAt(at) !== ',') break
    at++
  }
  return { start, end: at, negated, name, values, lastValueStart }
}

/** Splits a search into words; never throws, whatever the text. */
export function tokenize(text: string): SearchToken[] {
  const input = text.slice(0, LONGEST)
  const tokens: SearchToken[] = []
  let at = 0
  while (at < input.length) {
    if (isSpace(input.charAt(at))) {
      at++
      continue
    }
    const token = readToken(input, at)
    tokens.push(token)
    at = token.end
  }
  return tokens
}
