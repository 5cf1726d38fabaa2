import { bracketSource } from '../shell/pattern.ts'

/**
 * Translates a POSIX regular expression, basic or extended, into one of JavaScript. Throws a SyntaxError for what is
 * none. The first match wins rather than the longest, which differs only where alternatives overlap.
 */
export function posixRegex(pattern: string, extended: boolean, flags = ''): RegExp {
  return new RegExp(posixSource(pattern, extended), flags)
}

const WORD_EDGES: Record<string, string> = {
  '<': '\\b(?=\\w)',
  '>': '\\b(?<=\\w)',
  b: '\\b',
  B: '\\B',
  w: '\\w',
  W: '\\W',
  s: '\\s',
  S: '\\S',
  n: '\\n',
  t: '\\t',
}

function posixSource(pattern: string, extended: boolean): string {
  let source = ''
  /** Nothing stands here yet that could be repeated. */
  let fresh = true
  for (let i = 0; i < pattern.length;) {
    const letter = pattern[i] ?? ''
    const next = pattern[i + 1] ?? ''
    if (letter === '[') {
      const bracket = bracketSource(pattern, i)
      if (!bracket) throw new SyntaxError('Unmatched [, [^, [:, [., or [=')
      source += bracket.source
      i = bracket.end
      fresh = false
      continue
    }
    if (letter === '\\') {
      i += 2
      if (next === '') throw new SyntaxError('Trailing backslash')
      if (!extended && '(){}|+?'.includes(next)) {
        source += next
        fresh = next === '(' || next === '|'
      } else {
        source += /[1-9]/.test(next)
          ? `\\${next}`
          : (WORD_EDGES[next] ?? next.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&'))
        fresh = false
      }
      continue
    }
    i++
    if (letter === '*' && fresh) source += '\\*'
    else if (letter === '^' && !extended && !fresh) source += '\\^'
    else if (letter === '$' && !extended && i < pattern.length && !/^\\[)|]/.test(pattern.slice(i)))
      source += '\\$'
    else if (!extended && '(){}|+?'.includes(letter)) source += `\\${letter}`
    else if (extended && letter === '{' && !/^\{\d*,?\d*\}/.test(pattern.slice(i - 1))) source += '\\{'
    else source += letter === '/' ? '\\/' : letter
    fresh = letter === '^' || (extended && (letter === '(' || letter === '|'))
  }
  return source
}

export const escapeRegex = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
