import { complain, nameOf, print, type Process } from '../system/process.ts'
import { lineBatches } from '../system/read-lines.ts'
import { eachFile } from './each-file.ts'
import { withOptions } from './options.ts'

/** `1,3-5,7-`: pairs of first and last, counted from one. */
function rangesOf(list: string): [number, number][] | undefined {
  const ranges: [number, number][] = []
  for (const part of list.split(',')) {
    const match = /^(\d*)(-?)(\d*)$/.exec(part)
    if (!match || part === '' || part === '-') return undefined
    const from = match[1] === '' ? 1 : Number(match[1])
    ranges.push([from, match[2] === '' ? from : match[3] === '' ? Infinity : Number(match[3])])
  }
  return ranges
}

const LONG = {
  delimiter: 'd',
  fields: 'f',
  characters: 'c',
  bytes: 'b',
  'only-delimited': 's',
  'output-delimiter': 'O',
  complement: 'C',
}

export const cut = (process: Process, args: string[]) =>
  withOptions(process, args, { letters: 'd:f:c:b:sO:C', long: LONG }, async ({ flags, values, operands }) => {
    const list = values.get('f') ?? values.get('c') ?? values.get('b')
    if (list === undefined)
      return complain(
        process,
        "cut: you must specify a list of bytes, characters, or fields\nTry 'cut --help' for more information.",
      )
    const ranges = rangesOf(list)
    if (!ranges)
      return complain(process, `cut: invalid field value ‘${list}’\nTry 'cut --help' for more information.`)
    const wanted = (n: number) => ranges.some(([from, to]) => n >= from && n <= to) !== flags.has('C')
    const delimiter = values.get('d') ?? '\t'
    const glue = values.get('O') ?? delimiter
    const cutLine = (line: string): string | undefined => {
      if (!values.has('f'))
        return Array.from(line)
          .filter((_, i) => wanted(i + 1))
          .join('')
      if (!line.includes(delimiter)) return flags.has('s') ? undefined : line
      return line
        .split(delimiter)
        .filter((_, i) => wanted(i + 1))
        .join(glue)
    }
    return eachFile(process, operands, async (file) => {
      for await (const { lines } of lineBatches(process, file)) {
        await print(
          process,
          lines
            .map(cutLine)
            .filter((line) => line !== undefined)
            .map((line) => `${line}\n`)
            .join(''),
        )
      }
    })
  })

export const paste = (process: Process, args: string[]) =>
  withOptions(process, args, { letters: 'd:s' }, async ({ flags, values, operands }) => {
    const glue = values.get('d') ?? '\t'
    const columns: string[][] = []
    const status = await eachFile(process, operands, async (file) => {
      const column: string[] = []
      for await (const { lines } of lineBatches(process, file)) column.push(...lines)
      columns.push(column)
    })
    const height = Math.max(0, ...columns.map((column) => column.length))
    const rows = flags.has('s')
      ? columns
      : Array.from({ length: height }, (_, i) => columns.map((column) => column[i] ?? ''))
    await print(process, rows.map((row) => `${row.join(glue)}\n`).join(''))
    return status
  })

export const rev = (process: Process, args: string[]) =>
  eachFile(process, args, async (file) => {
    for await (const { lines } of lineBatches(process, file)) {
      await print(process, lines.map((line) => `${Array.from(line).reverse().join('')}\n`).join(''))
    }
  })

export const nl = (process: Process, args: string[]) => {
  let number = 0
  return eachFile(process, args, async (file) => {
    for await (const { lines } of lineBatches(process, file)) {
      await print(
        process,
        lines
          .map((line) => (line === '' ? '       \n' : `${String(++number).padStart(6)}\t${line}\n`))
          .join(''),
      )
    }
  })
}

const CLASSES: Record<string, string> = {
  lower: 'abcdefghijklmnopqrstuvwxyz',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  digit: '0123456789',
  space: ' \t\n\v\f\r',
  blank: ' \t',
  punct: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
}

const ESCAPES: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  0: '\0',
  a: '\u0007',
  f: '\f',
  v: '\v',
}

/** The letters that a set of `tr` stands for. */
function lettersOf(set: string): string[] {
  const letters: string[] = []
  for (let i = 0; i < set.length;) {
    const named = /^\[:(\w+):\]/.exec(set.slice(i))
    if (named) {
      const name = named[1] ?? ''
      const both =
        name === 'alpha' ? ['upper', 'lower'] : name === 'alnum' ? ['digit', 'upper', 'lower'] : [name]
      letters.push(...both.flatMap((each) => Array.from(CLASSES[each] ?? '')))
      i += named[0].length
      continue
    }
    let letter = set[i] ?? ''
    if (letter === '\\') {
      const octal = /^[0-7]{1,3}/.exec(set.slice(i + 1))?.[0]
      letter =
        octal === undefined
          ? (ESCAPES[set[i + 1] ?? ''] ?? set[i + 1] ?? '\\')
          : String.fromCodePoint(Number.parseInt(octal, 8))
      i += octal === undefined ? 1 : octal.length
    }
    const last = set[i + 2]
    if (set[i + 1] === '-' && last !== undefined) {
      for (let code = letter.codePointAt(0) ?? 0; code <= (last.codePointAt(0) ?? 0); code++)
        letters.push(String.fromCodePoint(code))
      i += 3
    } else {
      letters.push(letter)
      i++
    }
  }
  return letters
}

export const tr = (process: Process, args: string[]) =>
  withOptions(process, args, { letters: 'dscCt', stopAtOperand: true }, async ({ flags, operands }) => {
    const [first, second] = operands
    if (first === undefined)
      return complain(process, `${nameOf(process)}: missing operand\nTry 'tr --help' for more information.`)
    if (second === undefined && !flags.has('d') && !flags.has('s')) {
      return complain(
        process,
        `tr: missing operand after ‘${first}’\nTwo strings must be given when translating.\nTry 'tr --help' for more information.`,
      )
    }
    const from = lettersOf(first)
    const to = second === undefined ? [] : lettersOf(second)
    const inFirst = new Set(from)
    const complement = flags.has('c') || flags.has('C')
    const matches = (letter: string) => inFirst.has(letter) !== complement
    const table = new Map(from.map((letter, i) => [letter, to[Math.min(i, to.length - 1)] ?? letter]))
    const translate = (letter: string) =>
      complement ? (inFirst.has(letter) ? letter : (to.at(-1) ?? letter)) : (table.get(letter) ?? letter)
    const squeezed = flags.has('s') ? new Set(second === undefined ? from : to) : new Set<string>()
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
    let last = ''
    return eachFile(process, [], async (file) => {
      for (let chunk = await file.read(process.signal); chunk; chunk = await file.read(process.signal)) {
        let output = ''
        for (const letter of decoder.decode(chunk, { stream: true })) {
          if (flags.has('d') && matches(letter)) continue
          const changed = flags.has('d') || second === undefined ? letter : translate(letter)
          if (
            changed === last &&
            (squeezed.has(changed) ||
              (flags.has('s') && complement && second === undefined && matches(changed)))
          )
            continue
          last = changed
          output += changed
        }
        await print(process, output)
      }
    })
  })
