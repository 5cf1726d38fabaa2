import { posixRegex } from './posix-regex.ts'

export type Address =
  | { line: number }
  | { step: [number, number] }
  | { last: true }
  | { pattern: RegExp | undefined }

export interface Command {
  from: Address | undefined
  to: Address | { more: number } | undefined
  negated: boolean
  name: string
  /** `s`: what is looked for, what comes instead, and how. */
  pattern?: RegExp | undefined
  replacement?: string
  global?: boolean
  nth?: number
  print?: boolean
  /** The text of a, i, c; the sets of y; the label of b, t. */
  text?: string
  table?: Map<string, string>
  /** Where a `{` ends, or the line that a label stands on. */
  end?: number
  /** Inside a range of two addresses; the line that ends it when known. */
  open?: { until: number | undefined }
}

const mistake = (at: number, message: string) =>
  Object.assign(new Error(`-e expression #1, char ${at}: ${message}`), { script: true })

export const isScriptMistake = (error: unknown): error is Error => error instanceof Error && 'script' in error

const NO_ARGUMENT = new Set(['d', 'D', 'p', 'P', 'n', 'N', 'g', 'G', 'h', 'H', 'x', '=', 'l'])

/** Parses a sed script into a flat list; blocks and labels know where they lead. Throws for what is none. */
export function parseSed(script: string, extended: boolean): Command[] {
  const commands: Command[] = []
  const blocks: Command[] = []
  let at = 0
  const skip = (letters: RegExp) => {
    while (at < script.length && letters.test(script[at] ?? '')) at++
  }
  /** Up to an unescaped delimiter, which is passed; a bracket expression hides it. */
  const until = (delimiter: string, what: string): string => {
    let text = ''
    let bracket = false
    for (; script[at] !== delimiter || bracket; at++) {
      const letter = script[at]
      if (letter === undefined) throw mistake(at, what)
      if (letter === '\\') {
        const next = script[++at] ?? ''
        text += next === delimiter && delimiter !== '\\' ? next : `\\${next}`
        continue
      }
      if (letter === '[' && what.includes('regex')) bracket = true
      else if (letter === ']') bracket = false
      text += letter
    }
    at++
    return text
  }
  const regex = (text: string, flags: string) => (text === '' ? undefined : posixRegex(text, extended, flags))
  const address = (): Address | undefined => {
    const letter = script[at]
    const number = /^\d+/.exec(script.slice(at))?.[0]
    if (number !== undefined) {
      at += number.length
      const step = /^~(\d+)/.exec(script.slice(at))
      if (!step) return { line: Number(number) }
      at += step[0].length
      return { step: [Number(number), Number(step[1])] }
    }
    if (letter === '$') {
      at++
      return { last: true }
    }
    if (letter !== '/' && letter !== '\\') return undefined
    at += letter === '\\' ? 2 : 1
    const text = until(script[at - 1] ?? '/', 'unterminated address regex')
    const ignore = script[at] === 'I'
    if (ignore) at++
    return { pattern: regex(text, ignore ? 'i' : '') }
  }
  const restOfLine = () => {
    const end = script.indexOf('\n', at)
    const text = script.slice(at, end < 0 ? undefined : end)
    at = end < 0 ? script.length : end
    return text
  }
  const label = () => {
    skip(/[ \t]/)
    const text = /^[^;\n}]*/.exec(script.slice(at))?.[0] ?? ''
    at += text.length
    return text.trim()
  }
  while (at < script.length) {
    skip(/[\s;]/)
    if (at >= script.length) break
    if (script[at] === '#') {
      restOfLine()
      continue
    }
    const from = address()
    let to: Command['to']
    if (from && script[at] === ',') {
      at++
      skip(/ /)
      const more = /^\+(\d+)/.exec(script.slice(at))
      if (more) {
        at += more[0].length
        to = { more: Number(more[1]) }
      } else to = address()
      if (!to) throw mistake(at, "unexpected `,'")
    }
    skip(/[ \t]/)
    const command: Command = { from, to, negated: false, name: '' }
    while (script[at] === '!') {
      command.negated = true
      at++
      skip(/[ \t]/)
    }
    command.name = script[at++] ?? ''
    if (command.name === '') throw mistake(at, 'missing command')
    if (command.name === '{') blocks.push(command)
    else if (command.name === '}') {
      const open = blocks.pop()
      if (!open) throw mistake(at, "unexpected `}'")
      open.end = commands.length
    } else if (command.name === 's' || command.name === 'y') {
      const delimiter = script[at++] ?? ''
      const what = `unterminated \`${command.name}' command`
      const first = until(delimiter, command.name === 's' ? `${what} regex`.replace(' regex', '') : what)
      const second = until(delimiter, what)
      if (command.name === 'y')
        command.table = new Map(Array.from(first, (letter, i) => [letter, Array.from(second)[i] ?? letter]))
      else readFlags(command, first, second)
    } else if ('aic'.includes(command.name)) {
      skip(/[ \t]/)
      if (script[at] === '\\') {
        at++
        skip(/[ \t]/)
        if (script[at] === '\n') at++
      }
      command.text = restOfLine().replace(/\\(.)/g, '$1')
    } else if ('btT:'.includes(command.name)) command.text = label()
    else if (command.name === 'q' || command.name === 'Q') command.text = label()
    else if (command.name === 'w' || command.name === 'r') command.text = restOfLine().trim()
    else if (!NO_ARGUMENT.has(command.name)) throw mistake(at, `unknown command: \`${command.name}'`)
    commands.push(command)
    skip(/[ \t]/)
    if (
      at < script.length &&
      !/[\s;}#]/.test(script[at] ?? '') &&
      command.name !== '{' &&
      command.name !== '}'
    ) {
      throw mistake(at + 1, command.name === 's' ? "unknown option to `s'" : 'extra characters after command')
    }
  }
  if (blocks.length > 0) throw mistake(0, "unmatched `{'")
  return commands

  function readFlags(command: Command, first: string, second: string): void {
    const flags = /^[gpiIme0-9]*/.exec(script.slice(at))?.[0] ?? ''
    at += flags.length
    command.pattern = regex(first, `${/[iI]/.test(flags) ? 'i' : ''}${flags.includes('m') ? 'm' : ''}`)
    command.replacement = second
    command.global = flags.includes('g')
    command.print = flags.includes('p')
    command.nth = Number(/\d+/.exec(flags)?.[0] ?? 1)
  }
}
