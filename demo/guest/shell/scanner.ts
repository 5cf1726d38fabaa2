import type { Scanner } from './scanner-state.ts'
import type { Word } from './syntax-tree.ts'
import { syntaxError } from './syntax-error.ts'
import { scanWord } from './scan-word.ts'

export type Token = { line: number; start: number } & (
  | {
      type: 'word'
      word: Word
      /** The text when nothing in it is quoted or expanded. */ plain: string | undefined
      raw: string
    }
  | { type: 'operator'; text: string }
  | { type: 'descriptor'; fd: number }
  | { type: 'newline' }
  | { type: 'end' }
)

const OPERATORS = [
  '&&',
  '||',
  ';;',
  '<<-',
  '<<<',
  '<<',
  '>>',
  '<&',
  '>&',
  '<>',
  '>|',
  '&>',
  '&',
  '|',
  ';',
  '<',
  '>',
  '(',
  ')',
]
const BASH_ONLY = new Set(['<<<', '&>'])

function skipBlanks(scanner: Scanner): void {
  for (;;) {
    const letter = scanner.text[scanner.at]
    if (letter === ' ' || letter === '\t' || letter === '\r') scanner.at++
    else if (letter === '\\' && scanner.text[scanner.at + 1] === '\n') {
      scanner.at += 2
      scanner.line++
    } else break
  }
  if (scanner.text[scanner.at] !== '#') return
  const end = scanner.text.indexOf('\n', scanner.at)
  scanner.at = end < 0 ? scanner.text.length : end
}

/** Reads the next token; a newline also takes in the here-documents that begin behind it. */
export function nextToken(scanner: Scanner): Token {
  skipBlanks(scanner)
  const { line, text, at: start } = scanner
  if (start >= text.length) return { type: 'end', line, start }
  if (text[start] === '\n') {
    scanner.at++
    scanner.line++
    readHereDocuments(scanner)
    return { type: 'newline', line, start }
  }
  const descriptor = /^\d+(?=[<>])/.exec(text.slice(start, start + 12))?.[0]
  if (descriptor !== undefined) {
    scanner.at += descriptor.length
    return { type: 'descriptor', fd: Number(descriptor), line, start }
  }
  const operator = OPERATORS.find(
    (each) => text.startsWith(each, start) && (scanner.bash || !BASH_ONLY.has(each)),
  )
  if (operator !== undefined) {
    scanner.at += operator.length
    return { type: 'operator', text: operator, line, start }
  }
  const word = scanWord(scanner)
  const [first] = word
  const plain = word.length === 1 && first?.kind === 'literal' && !first.quoted ? first.text : undefined
  return { type: 'word', word, plain, raw: text.slice(start, scanner.at), line, start }
}

function readHereDocuments(scanner: Scanner): void {
  for (const { redirect, delimiter, literal, stripTabs } of scanner.pending.splice(0)) {
    const lines: string[] = []
    const first = scanner.line
    for (;;) {
      if (scanner.at >= scanner.text.length)
        throw syntaxError({ line: scanner.line, unexpected: 'end of file' }, true, delimiter)
      const found = scanner.text.indexOf('\n', scanner.at)
      const end = found < 0 ? scanner.text.length : found
      const raw = scanner.text.slice(scanner.at, end)
      scanner.at = Math.min(end + 1, scanner.text.length)
      scanner.line++
      const line = stripTabs ? raw.replace(/^\t+/, '') : raw
      if (line === delimiter) break
      lines.push(`${line}\n`)
    }
    redirect.target = literal
      ? [{ kind: 'literal', text: lines.join(''), quoted: true }]
      : hereWord(scanner, lines.join(''), first)
  }
}

/** The body of a here-document expands as if it stood in double quotes, in which double quotes mean nothing. */
function hereWord(scanner: Scanner, text: string, line: number): Word {
  const body: Scanner = { ...scanner, text, at: 0, line, pending: [] }
  return scanWord(body, { until: '', quoted: true, heredoc: true })
}
