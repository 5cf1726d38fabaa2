import type { Scanner } from './scanner-state.ts'
import { syntaxError } from './syntax-error.ts'
import type { Word } from './syntax-tree.ts'

/** Where a word ends: `until` a character, or at a blank or operator when that is undefined; '' is the end of the text. */
export interface WordLimits {
  until?: string
  /** In double quotes: blanks and globs mean nothing. */
  quoted?: boolean
  heredoc?: boolean
}

const ENDS_WORD = new Set([' ', '\t', '\n', '\r', '&', '|', ';', '<', '>', '(', ')'])

const ANSI_ESCAPES: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  e: '\u001b',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '0': '\0',
}

/** Reads a word with its quotes and expansions; leaves the scanner at what ends it. */
export function scanWord(scanner: Scanner, limits: WordLimits = {}): Word {
  const { until, quoted = false, heredoc = false } = limits
  const word: Word = []
  const add = (text: string, isQuoted: boolean) => {
    const last = word.at(-1)
    if (last?.kind === 'literal' && last.quoted === isQuoted) last.text += text
    else word.push({ kind: 'literal', text, quoted: isQuoted })
  }
  for (;;) {
    const letter = scanner.text[scanner.at]
    if (letter === undefined) {
      if (until !== undefined && until !== '') throw unclosed(scanner, until)
      return word
    }
    if (until === undefined ? ENDS_WORD.has(letter) : letter === until) return word
    if (letter === '\n') scanner.line++
    if (letter === '\\') {
      const next = scanner.text[scanner.at + 1]
      scanner.at += 2
      if (next === undefined) add('\\', true)
      else if (next === '\n') scanner.line++
      else if (quoted && !(heredoc ? '$`\\' : `$\`"\\${until ?? ''}`).includes(next)) add(`\\${next}`, true)
      else add(next, true)
    } else if (letter === "'" && !quoted) {
      scanner.at++
      const end = scanner.text.indexOf("'", scanner.at)
      if (end < 0) throw unclosed(scanner, "'")
      add(takeTo(scanner, end), true)
      scanner.at++
    } else if (letter === '"' && !heredoc) {
      scanner.at++
      const inside = scanWord(scanner, { until: '"', quoted: true })
      scanner.at++
      if (inside.length === 0) add('', true)
      for (const part of inside) {
        if (part.kind === 'literal') add(part.text, true)
        else word.push(part)
      }
    } else if (letter === '$' && scanner.bash && !quoted && scanner.text[scanner.at + 1] === "'") {
      scanner.at += 2
      add(ansiString(scanner), true)
    } else if (letter === '$') {
      const part = scanner.parameter(scanner, quoted)
      if (part) word.push(part)
      else {
        add('$', quoted)
        scanner.at++
      }
    } else if (letter === '`') word.push({ kind: 'substitution', body: backquotes(scanner, quoted), quoted })
    else {
      add(letter, quoted)
      scanner.at++
    }
  }
}

function takeTo(scanner: Scanner, end: number): string {
  const text = scanner.text.slice(scanner.at, end)
  scanner.line += text.split('\n').length - 1
  scanner.at = end
  return text
}

export function unclosed(scanner: Scanner, bracket: string) {
  const text = bracket === '}' ? "Missing '}'" : 'Unterminated quoted string'
  return syntaxError({ line: scanner.line, text, unclosed: bracket }, true)
}

function ansiString(scanner: Scanner): string {
  let text = ''
  for (;;) {
    const letter = scanner.text[scanner.at++]
    if (letter === undefined) throw unclosed(scanner, "'")
    if (letter === "'") return text
    if (letter !== '\\') {
      text += letter
      continue
    }
    const hex = /^x([0-9a-fA-F]{1,2})/.exec(scanner.text.slice(scanner.at, scanner.at + 3))
    if (hex) {
      scanner.at += hex[0].length
      text += String.fromCodePoint(Number.parseInt(hex[1] ?? '0', 16))
      continue
    }
    const next = scanner.text[scanner.at++] ?? ''
    text += ANSI_ESCAPES[next] ?? `\\${next}`
  }
}

function backquotes(scanner: Scanner, quoted: boolean) {
  const { line } = scanner
  let text = ''
  for (scanner.at++; scanner.text[scanner.at] !== '`'; scanner.at++) {
    const letter = scanner.text[scanner.at]
    if (letter === undefined)
      throw syntaxError({ line, text: 'EOF in backquote substitution', unclosed: '`' }, true)
    if (letter === '\n') scanner.line++
    const next = scanner.text[scanner.at + 1] ?? ''
    if (letter === '\\' && (quoted ? '$`\\"' : '$`\\').includes(next) && next !== '') {
      text += next
      scanner.at++
    } else text += letter
  }
  scanner.at++
  return scanner.inner(text, line)
}
