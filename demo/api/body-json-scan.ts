/** What reading a JSON text shows beyond its value. */
export interface JsonScan {
  /** Why it is not JSON, in the words of Go's decoder. */
  error: string | undefined
  /** Paths of fields that are given more than once, such as `spec.containers[0].name`, in order. */
  duplicates: readonly string[]
}

const SPACE = new Set([' ', '\t', '\r', '\n'])
const ESCAPES = new Set(['"', '\\', '/', 'b', 'f', 'n', 'r', 't'])
const NAMED: Readonly<Record<string, string>> = {
  "'": String.raw`\'`,
  '\\': String.raw`\\`,
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
}
const LITERALS: Readonly<Record<string, string>> = { t: 'true', f: 'false', n: 'null' }
const isDigit = (letter: string | undefined) => letter !== undefined && letter >= '0' && letter <= '9'
const END = 'unexpected end of JSON input'

/** Go looks at bytes: of a letter beyond ASCII it names the first one. */
function quoted(text: string, at: number): string {
  const point = text.codePointAt(at) ?? 0
  const byte = point < 0x80 ? point : (Buffer.from(String.fromCodePoint(point))[0] ?? 0)
  const letter = String.fromCodePoint(byte)
  const hex = byte < 0x20 || byte === 0x7f ? `\\x${byte.toString(16).padStart(2, '0')}` : letter
  return `'${NAMED[letter] ?? hex}'`
}

/** The original goes to 10,000; what walks objects here has a smaller stack. */
const MAX_DEPTH = 1000
/** The texts within a JSON text, which hold everything. */
export const IN_TEXT = /"(?:[^"\\]|\\.)*"?/gs

/** What Go says of lists and objects that hold each other too many times. */
function excess(text: string): string | undefined {
  if (text.length <= MAX_DEPTH) return undefined
  let depth = 0
  for (const [letter] of text.replaceAll(IN_TEXT, '').matchAll(/[[\]{}]/g)) {
    depth += letter === '[' || letter === '{' ? 1 : -1
    if (depth > MAX_DEPTH) return `invalid character '${letter}' exceeded max depth`
  }
  return undefined
}

/** Reads a JSON text as Go's encoding/json does, for its errors and for fields that are there twice. */
export function scanJson(text: string): JsonScan {
  const duplicates = new Set<string>()
  let at = 0

  const fail = (where: string): never => {
    throw new SyntaxError(at >= text.length ? END : `invalid character ${quoted(text, at)} ${where}`)
  }
  const skip = () => {
    while (SPACE.has(text[at] ?? '')) at += 1
  }
  const hexDigits = () => {
    for (let digits = 0; digits < 4; digits++, at++) {
      if (!/^[0-9a-fA-F]$/.test(text[at] ?? '')) fail(String.raw`in \u hexadecimal character escape`)
    }
  }
  const escape = () => {
    at += 1
    if (text[at] === 'u') {
      at += 1
      hexDigits()
    } else if (ESCAPES.has(text[at] ?? '')) at += 1
    else fail('in string escape code')
  }
  const string = (): string => {
    const from = at
    at += 1
    while (text[at] !== '"') {
      if (text[at] === '\\') escape()
      else if ((text[at] ?? '') < ' ') fail('in string literal')
      else at += 1
    }
    at += 1
    return text.slice(from, at)
  }
  const digits = (where: string) => {
    if (!isDigit(text[at])) fail(where)
    while (isDigit(text[at])) at += 1
  }
  const number = () => {
    if (text[at] === '-') at += 1
    if (text[at] === '0') at += 1
    else digits('in numeric literal')
    if (text[at] === '.') {
      at += 1
      digits('after decimal point in numeric literal')
    }
    if (text[at] === 'e' || text[at] === 'E') {
      at += 1
      if (text[at] === '+' || text[at] === '-') at += 1
      digits('in exponent of numeric literal')
    }
  }
  const literal = (word: string) => {
    for (const letter of word) {
      if (text[at] !== letter) fail(`in literal ${word} (expecting ${quoted(letter, 0)})`)
      at += 1
    }
  }
  const members = (path: string) => {
    const seen = new Set<string>()
    at += 1
    skip()
    if (text[at] === '}') return void at++
    for (;;) {
      skip()
      if (text[at] !== '"') fail('looking for beginning of object key string')
      const raw = string()
      const name = raw.includes('\\') ? String(JSON.parse(raw)) : raw.slice(1, -1)
      const field = path ? `${path}.${name}` : name
      if (seen.has(name)) duplicates.add(field)
      seen.add(name)
      skip()
      if (text[at] !== ':') fail('after object key')
      at += 1
      value(field)
      skip()
      if (text[at] === '}') return void at++
      if (text[at] !== ',') fail('after object key:value pair')
      at += 1
    }
  }
  const items = (path: string) => {
    at += 1
    skip()
    if (text[at] === ']') return void at++
    for (let index = 0; ; index++) {
      value(`${path}[${index}]`)
      skip()
      if (text[at] === ']') return void at++
      if (text[at] !== ',') fail('after array element')
      at += 1
    }
  }
  const value = (path: string): void => {
    skip()
    const first = text[at] ?? ''
    const word = LITERALS[first]
    if (first === '{') members(path)
    else if (first === '[') items(path)
    else if (first === '"') string()
    else if (word !== undefined) literal(word)
    else if (first === '-' || isDigit(first)) number()
    else fail('looking for beginning of value')
  }

  const tooDeep = excess(text)
  if (tooDeep) return { error: tooDeep, duplicates: [] }
  try {
    value('')
    skip()
    if (at < text.length) fail('after top-level value')
    return { error: undefined, duplicates: [...duplicates] }
  } catch (error) {
    if (error instanceof SyntaxError) return { error: error.message, duplicates: [] }
    throw error
  }
}
