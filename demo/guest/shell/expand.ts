import { pipe } from '../system/pipe.ts'
import { fork, setFile } from '../system/process.ts'
import { readAll } from '../system/read-lines.ts'
import { evaluate, isArithmeticError } from './arithmetic.ts'
import { expandBraces } from './expand-braces.ts'
import { expandParameter, type ArgumentExpansion } from './expand-parameter.ts'
import { expandGlob } from './glob.ts'
import { escapePattern, hasGlob, unescapePattern } from './pattern.ts'
import { shellError, subshell, type Shell } from './shell.ts'
import type { List, Word, WordPart } from './syntax-tree.ts'
import { MAX_TEXT, readVariable, separators, setVariable } from './variables.ts'

/** One field under way: its text as a pattern, in which quoted letters are escaped. */
interface Field {
  pattern: string
  /** Something quoted stands in it, so that it counts even when empty. */
  quoted: boolean
  started: boolean
}

/** Expands words into the fields of a command: braces, parameters, commands, arithmetic, splitting, paths, quotes. */
export async function expandFields(shell: Shell, words: readonly Word[]): Promise<string[]> {
  const fields: string[] = []
  for (const word of words) {
    for (const each of shell.dialect.name === 'bash' ? expandBraces(word) : [word]) {
      for (const pattern of await expandWord(shell, each, true)) {
        const paths =
          shell.options.noglob || !hasGlob(pattern)
            ? []
            : expandGlob(shell.process.machine.files, shell.process.cwd, pattern)
        if (paths.length > 0) fields.push(...paths)
        else fields.push(unescapePattern(pattern))
      }
    }
  }
  return fields
}

/** Expands a word that stays one: an assignment, a file name, the subject of a case. */
export async function expandText(shell: Shell, word: Word): Promise<string> {
  return unescapePattern((await expandWord(shell, word, false))[0] ?? '')
}

/** Expands a word that is matched against: quoted letters are escaped. */
export async function expandPattern(shell: Shell, word: Word): Promise<string> {
  return (await expandWord(shell, word, false))[0] ?? ''
}

/** The fields of one word as patterns; with `split` false exactly one. */
async function expandWord(shell: Shell, word: Word, split: boolean): Promise<string[]> {
  const done: string[] = []
  let field: Field = { pattern: '', quoted: false, started: false }
  let size = 0
  const end = () => {
    if (field.started || field.quoted) done.push(field.pattern)
    field = { pattern: '', quoted: false, started: false }
  }
  const add = (text: string, quoted: boolean) => {
    size += text.length
    if (size > MAX_TEXT) throw shellError('Out of space')
    field.pattern += quoted ? escapePattern(text) : text
    if (quoted) field.quoted = true
    else if (text !== '') field.started = true
  }
  /** The result of an unquoted expansion: separators end fields, and a backslash in it is an ordinary letter. */
  const addSplit = (text: string) => {
    const ifs = separators(shell)
    const letters = text.replace(/\\/g, '\\\\')
    if (!split || ifs === '') return add(letters, false)
    const pieces = splitFields(letters, ifs)
    for (const [index, piece] of pieces.entries()) {
      if (index > 0) end()
      if (piece.text !== '') add(piece.text, false)
      else if (piece.kept) field.started = true
    }
  }
  const addMany = (values: string[]) => {
    if (!split) return add(values.join(' '), true)
    for (const [index, value] of values.entries()) {
      if (index > 0) end()
      add(value, true)
    }
  }
  const inner: ArgumentExpansion = {
    text: (argument) => expandText(shell, argument),
    pattern: (argument) => expandPattern(shell, argument),
  }
  const addPart = async (part: WordPart, first: boolean): Promise<void> => {
    if (part.kind === 'literal') {
      const text =
        first && !part.quoted
          ? expandTilde(shell, part.text, word.length === 1)
          : { home: '', rest: part.text }
      if (text.home !== '') add(text.home, true)
      return add(part.quoted ? text.rest : keepBackslashes(text.rest), part.quoted)
    }
    if (part.kind === 'substitution') return addValue(await substitute(shell, part.body), part.quoted)
    if (part.kind === 'arithmetic') return addValue(await calculate(shell, part.expression), part.quoted)
    if ((part.name === '@' || part.name === '*') && part.operator === '') {
      if (part.quoted && part.name === '@') return addMany(shell.positional)
      if (!part.quoted && split) {
        for (const [index, value] of shell.positional.entries()) {
          if (index > 0) end()
          addSplit(value)
        }
        return
      }
    }
    const result = await expandParameter(shell, part, inner)
    if ('value' in result) return addValue(result.value, part.quoted)
    for (const each of result.instead) await addPart(each, !part.quoted)
    if (part.quoted) field.quoted = true
  }
  const addValue = (value: string, quoted: boolean) => (quoted ? add(value, true) : addSplit(value))

  for (const [index, part] of word.entries()) await addPart(part, index === 0)
  if (!split) return [field.pattern]
  end()
  return done
}

/** Unquoted literal text has no backslashes left: the scanner has quoted what stood behind them. */
const keepBackslashes = (text: string) => text.replace(/\\/g, '\\\\')

/** Splits by IFS: blanks among it run together and vanish at the ends, each other separator ends a field. */
function splitFields(text: string, ifs: string): { text: string; kept: boolean }[] {
  const blanks = Array.from(ifs)
    .filter((letter) => ' \t\n'.includes(letter))
    .join('')
  const others = Array.from(ifs)
    .filter((letter) => !' \t\n'.includes(letter))
    .join('')
  const classOf = (letters: string) => `[${letters.replace(/[\\\]^-]/g, '\\$&')}]`
  const blank = blanks === '' ? '(?!)' : classOf(blanks)
  const separator = others === '' ? `${blank}+` : `${blank}*${classOf(others)}${blank}*|${blank}+`
  const pieces = text.split(new RegExp(separator)).map((piece) => ({ text: piece, kept: false }))
  if (others === '') return pieces
  // A separator that is no blank makes a field even when nothing stands before it, but not after the last one.
  for (const piece of pieces.slice(0, -1)) piece.kept = true
  return pieces
}

function expandTilde(shell: Shell, text: string, alone: boolean): { home: string; rest: string } {
  const match = /^~([a-z][\w-]*)?(?=\/|$)/.exec(text)
  if (!match || (match[0] === text && !alone)) return { home: '', rest: text }
  const home = match[1] === undefined ? (readVariable(shell, 'HOME') ?? '') : homeOf(shell, match[1])
  return home === undefined ? { home: '', rest: text } : { home, rest: text.slice(match[0].length) }
}

function homeOf(shell: Shell, user: string): string | undefined {
  const bytes = shell.process.machine.files.read('/etc/passwd', 0, 65_536)
  const row = new TextDecoder()
    .decode(bytes)
    .split('\n')
    .find((line) => line.startsWith(`${user}:`))
  return row?.split(':')[5]
}

/** Runs commands in a subshell and answers what they print, without the newlines at the end. */
async function substitute(shell: Shell, body: List): Promise<string> {
  const { reader, writer } = pipe()
  const { ended } = fork(shell.process, { argv: [shell.name] }, (child) => {
    setFile(child, 1, writer.retain())
    writer.release()
    return shell.run(subshell(shell, child), body)
  })
  const bytes = await readAll(shell.process, reader).finally(() => reader.release())
  shell.substituted = await ended
  shell.status = shell.substituted
  if (bytes.length > MAX_TEXT) throw shellError('Out of space')
  return new TextDecoder().decode(bytes).replace(/\0/g, '').replace(/\n+$/, '')
}

/** Evaluates `$((...))`; throws a shell error in the shell's words. */
export async function calculate(shell: Shell, expression: Word): Promise<string> {
  const text = await expandText(shell, expression)
  try {
    const scope = {
      get: (name: string) => readVariable(shell, name) ?? '',
      set: (name: string, value: string) => setVariable(shell, name, value),
    }
    return String(evaluate(text, scope))
  } catch (error) {
    if (!isArithmeticError(error)) throw error
    const bash = shell.dialect.name === 'bash'
    if (error.message === 'division by zero') {
      throw shellError(
        bash
          ? `${text}: division by 0 (error token is "${text.split('/').at(-1)?.trim() ?? ''}")`
          : `arithmetic expression: division by zero: "${text}"`,
        bash ? 1 : 2,
      )
    }
    throw shellError(bash ? `${text}: arithmetic syntax error` : error.message, bash ? 1 : 2)
  }
}
