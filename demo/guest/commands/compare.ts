import { isSystemError } from '../system/errno.ts'
import { complain, nameOf, print, type Process } from '../system/process.ts'
import { openOperand, readAll, readText } from '../system/read-lines.ts'
import { withOptions } from './options.ts'

/** Reads both operands; says what cannot be read, and answers undefined then. */
async function both<T>(
  process: Process,
  operands: string[],
  read: (name: string) => Promise<T>,
): Promise<[T, T] | undefined> {
  const [first, second] = operands
  if (first === undefined || second === undefined)
    return void (await complain(
      process,
      `${nameOf(process)}: missing operand after '${first ?? nameOf(process)}'`,
    ))
  const found: T[] = []
  for (const name of [first, second]) {
    try {
      found.push(await read(name))
    } catch (error) {
      if (!isSystemError(error)) throw error
      await complain(process, `${nameOf(process)}: ${name}: ${error.message}`)
    }
  }
  const [a, b] = found
  return a === undefined || b === undefined ? undefined : [a, b]
}

export const cmp = (process: Process, args: string[]) =>
  withOptions(process, args, { letters: 'sl', usage: 2 }, async ({ flags, operands }) => {
    const pair = await both(process, operands, (name) => readAll(process, openOperand(process, name)))
    if (!pair) return 2
    const [a, b] = pair
    const length = Math.min(a.length, b.length)
    let at = 0
    while (at < length && a[at] === b[at]) at++
    if (at === length && a.length === b.length) return 0
    if (flags.has('s')) return 1
    if (at === length)
      return complain(
        process,
        `cmp: EOF on ${(a.length < b.length ? operands[0] : operands[1]) ?? ''} after byte ${at}`,
      )
    const line = a.subarray(0, at).filter((byte) => byte === 10).length + 1
    await print(process, `${operands.join(' ')} differ: byte ${at + 1}, line ${line}\n`)
    return 1
  })

/** Longest that a comparison by table may be; more is shown as one change. */
const MAX_CELLS = 4_000_000

type Edit = { sign: ' ' | '-' | '+'; line: string }

/** The edits from one text to the other, by their longest common lines. */
function edits(a: string[], b: string[]): Edit[] {
  const same = (list: string[], sign: Edit['sign']) => list.map((line): Edit => ({ sign, line }))
  if (a.length * b.length > MAX_CELLS) return [...same(a, '-'), ...same(b, '+')]
  const width = b.length + 1
  const table = new Uint32Array((a.length + 1) * width)
  const at = (i: number, j: number) => table[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--)
      table[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  }
  const result: Edit[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      result.push({ sign: ' ', line: a[i] ?? '' })
      i++
      j++
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1)))
      result.push({ sign: '-', line: a[i++] ?? '' })
    else result.push({ sign: '+', line: b[j++] ?? '' })
  }
  return result
}

interface Hunk {
  from: number
  to: number
  edits: Edit[]
}

/** Changes with so many common lines around them; those that touch are one. */
function hunks(all: Edit[], context: number): Hunk[] {
  const found: Hunk[] = []
  let [line, other] = [1, 1]
  let current: Hunk | undefined
  let quiet = 0
  const before: Edit[] = []
  for (const edit of all) {
    if (edit.sign !== ' ') {
      if (!current) {
        current = { from: line - before.length, to: other - before.length, edits: [...before] }
        found.push(current)
      }
      current.edits.push(edit)
      quiet = 0
    } else if (current) {
      current.edits.push(edit)
      if (++quiet > context * 2 || (context === 0 && quiet > 0)) {
        current.edits.splice(-(quiet - context) || current.edits.length)
        current = undefined
      }
    }
    if (edit.sign === ' ') before.push(edit)
    else before.length = 0
    if (before.length > context) before.shift()
    if (edit.sign !== '+') line++
    if (edit.sign !== '-') other++
  }
  if (current && quiet > context) current.edits.splice(-(quiet - context))
  return found
}

const count = (hunk: Hunk, sign: '-' | '+') =>
  hunk.edits.filter((edit) => edit.sign === ' ' || edit.sign === sign).length
const range = (from: number, length: number) =>
  length === 1 ? String(from) : `${length === 0 ? from - 1 : from},${length}`

function unified([a, b]: string[], list: Hunk[]): string {
  const body = list.map(
    (hunk) =>
      `@@ -${range(hunk.from, count(hunk, '-'))} +${range(hunk.to, count(hunk, '+'))} @@\n${hunk.edits.map(({ sign, line }) => `${sign}${line}\n`).join('')}`,
  )
  return `--- ${a ?? ''}\n+++ ${b ?? ''}\n${body.join('')}`
}

function normal(list: Hunk[]): string {
  const span = (from: number, length: number) =>
    length <= 1 ? String(length === 0 ? from - 1 : from) : `${from},${from + length - 1}`
  return list
    .map((hunk) => {
      const gone = hunk.edits.filter(({ sign }) => sign === '-')
      const come = hunk.edits.filter(({ sign }) => sign === '+')
      const letter = gone.length === 0 ? 'a' : come.length === 0 ? 'd' : 'c'
      const show = (edit: Edit[], mark: string) => edit.map(({ line }) => `${mark} ${line}\n`).join('')
      return `${span(hunk.from, gone.length)}${letter}${span(hunk.to, come.length)}\n${show(gone, '<')}${letter === 'c' ? '---\n' : ''}${show(come, '>')}`
    })
    .join('')
}

export const diff = (process: Process, args: string[]) =>
  withOptions(
    process,
    args,
    { letters: 'uqrNBwbaU:', long: { unified: 'u', brief: 'q' }, usage: 2 },
    async ({ flags, operands }) => {
      const pair = await both(process, operands, (name) => readText(process, openOperand(process, name)))
      if (!pair) return 2
      const [a, b] = pair
      if (a === b) return 0
      const linesOf = (text: string) =>
        text
          .replace(/\n$/, '')
          .split('\n')
          .filter((_, i, all) => all.length > 1 || text !== '' || i < 0)
      const all = edits(linesOf(a), linesOf(b))
      if (flags.has('q')) await print(process, `Files ${operands.join(' and ')} differ\n`)
      else
        await print(
          process,
          flags.has('u') || flags.has('U') ? unified(operands, hunks(all, 3)) : normal(hunks(all, 0)),
        )
      return 1
    },
  )
