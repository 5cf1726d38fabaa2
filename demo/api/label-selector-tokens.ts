export type Kind =
  | 'identifier'
  | 'end'
  | '!='
  | '=='
  | '='
  | '!'
  | '('
  | ')'
  | ','
  | '<'
  | '>'
  | 'in'
  | 'notin'

export interface Token {
  kind: Kind
  text: string
}

const TOKEN = /[ \t\r\n]*(?:(!=|==|=|!|\(|\)|,|<|>)|([^\s=!(),<>]+))/y
const SYMBOLS: Readonly<Record<string, Kind>> = {
  '!=': '!=',
  '==': '==',
  '=': '=',
  '!': '!',
  '(': '(',
  ')': ')',
  ',': ',',
  '<': '<',
  '>': '>',
  in: 'in',
  notin: 'notin',
}

/** The words of a label selector, with one at the end that says so. */
export function selectorTokens(selector: string): Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  for (let match = TOKEN.exec(selector); match; match = TOKEN.exec(selector)) {
    const text = match[1] ?? match[2] ?? ''
    const kind = Object.hasOwn(SYMBOLS, text) ? SYMBOLS[text] : undefined
    tokens.push({ kind: kind ?? 'identifier', text })
  }
  tokens.push({ kind: 'end', text: '' })
  return tokens
}
