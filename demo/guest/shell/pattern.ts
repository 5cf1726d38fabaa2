const CLASSES: Record<string, string> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9a-fA-F',
  word: '\\w',
  cntrl: '\\u0000-\\u001f',
  print: ' -~',
  graph: '!-~',
}

/** A bracket expression at `at`, as a regular expression, and where it ends; undefined when it never closes. */
export function bracketSource(pattern: string, at: number): { source: string; end: number } | undefined {
  let i = at + 1
  const negated = pattern[i] === '!' || pattern[i] === '^'
  if (negated) i++
  let body = ''
  for (let first = true; ; first = false) {
    const letter = pattern[i]
    if (letter === undefined) return undefined
    if (letter === ']' && !first) break
    const named = /^\[:(\w+):\]/.exec(pattern.slice(i, i + 12))
    if (named) {
      body += CLASSES[named[1] ?? ''] ?? ''
      i += named[0].length
    } else {
      body += letter === '-' ? '-' : letter.replace(/[\\\]^[]/, '\\$&')
      i++
    }
  }
  return { source: `[${negated ? '^' : ''}${body}]`, end: i + 1 }
}

/** A shell pattern as the source of a regular expression; a backslash takes the next letter as it is. */
export function patternSource(pattern: string, star = '[^]*', one = '[^]'): string {
  let source = ''
  for (let i = 0; i < pattern.length;) {
    const letter = pattern[i] ?? ''
    const bracket = letter === '[' ? bracketSource(pattern, i) : undefined
    if (bracket) {
      source += bracket.source
      i = bracket.end
    } else if (letter === '*') {
      while (pattern[i] === '*') i++
      source += star
    } else {
      const literal = letter === '\\' && i + 1 < pattern.length ? (pattern[++i] ?? '') : letter
      source += letter === '?' ? one : literal.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&')
      i++
    }
  }
  return source
}

function compile(source: string, flags = ''): RegExp {
  try {
    return new RegExp(source, flags)
  } catch {
    // A range that runs backwards matches nothing.
    return /(?!)/
  }
}

/** Whether the whole text matches a shell pattern. */
export function matchesPattern(pattern: string, text: string, ignoreCase = false): boolean {
  return compile(`^${patternSource(pattern)}$`, ignoreCase ? 'i' : '').test(text)
}

/** A regular expression for one part of a path: nothing but an explicit dot matches a leading one. */
export function fileNamePattern(pattern: string): RegExp {
  const hidden = pattern.startsWith('.') || pattern.startsWith('\\.') ? '' : '(?!\\.)'
  return compile(`^${hidden}${patternSource(pattern, '[^/]*', '[^/]')}$`)
}

export const hasGlob = (pattern: string) => /(?:^|[^\\])(?:\\\\)*(?:[*?]|\[[^]*\])/.test(pattern)

export const escapePattern = (text: string) => text.replace(/[\\*?[\]!^-]/g, '\\$&')
export const unescapePattern = (pattern: string) => pattern.replace(/\\([^])/g, '$1')

/** Takes the shortest or longest part that matches off the front or the back. */
export function trimMatch(text: string, pattern: string, side: 'front' | 'back', longest: boolean): string {
  const whole = compile(`^${patternSource(pattern)}$`)
  const lengths = Array.from({ length: text.length + 1 }, (_, i) => (longest ? text.length - i : i))
  for (const length of lengths) {
    const part = side === 'front' ? text.slice(0, length) : text.slice(text.length - length)
    if (whole.test(part)) return side === 'front' ? text.slice(length) : text.slice(0, text.length - length)
  }
  return text
}
