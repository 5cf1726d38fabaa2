import { sleep } from '../../sleep.ts'
import { complain, nameOf, print, writeBytes, type Process } from '../system/process.ts'
import { chunksOf, lineBatches, readAll } from '../system/read-lines.ts'
import type { OpenFile } from '../system/open-file.ts'
import { eachFile } from './each-file.ts'
import { withOptions, type Options } from './options.ts'

const LONG = { lines: 'n', bytes: 'c', follow: 'f', quiet: 'q', silent: 'q', verbose: 'v' }

/** `head -5` is `head -n 5`, as it was before there were options. */
const modern = (args: string[]) =>
  args.map((arg, i) => (/^-\d+$/.test(arg) && !/^-[nc]$/.test(args[i - 1] ?? '') ? `-n${arg.slice(1)}` : arg))

const SIZES: Record<string, number> = { '': 1, b: 512, k: 1024, K: 1024, M: 2 ** 20, G: 2 ** 30 }

function countOf(text: string): { sign: string; count: number } | undefined {
  const match = /^([-+]?)(\d+)([bkKMG]?)$/.exec(text)
  return match ? { sign: match[1] ?? '', count: Number(match[2]) * (SIZES[match[3] ?? ''] ?? 1) } : undefined
}

async function titled(
  process: Process,
  { flags, operands }: Options,
  name: string,
  index: number,
): Promise<void> {
  if ((operands.length < 2 && !flags.has('v')) || flags.has('q')) return
  await print(process, `${index > 0 ? '\n' : ''}==> ${name === '-' ? 'standard input' : name} <==\n`)
}

const unopened = (name: string) => `cannot open '${name}' for reading`

const badCount = (process: Process, kind: string, text: string) =>
  complain(process, `${nameOf(process)}: invalid number of ${kind}: ‘${text}’`)

type Count = NonNullable<ReturnType<typeof countOf>>

/** Shows a part of one file: so many bytes, or so many lines. */
type Show = (file: OpenFile, wanted: Count, inBytes: boolean, follows: boolean) => Promise<void>

/** What head and tail have in common: how much is wanted, of which files, and the titles between them. */
const partly = (process: Process, args: string[], letters: string, show: Show) =>
  withOptions(process, modern(args), { letters, long: LONG }, async (options) => {
    const { flags, values, operands } = options
    const bytes = values.get('c')
    const given = bytes ?? values.get('n') ?? '10'
    const wanted = countOf(given)
    if (!wanted) return badCount(process, bytes === undefined ? 'lines' : 'bytes', given)
    return eachFile(
      process,
      operands,
      async (file, name, index) => {
        await titled(process, options, name, index)
        const follows = name !== '-' && (flags.has('f') || flags.has('F'))
        await show(file, wanted, bytes !== undefined, follows)
      },
      unopened,
    )
  })

export const head = (process: Process, args: string[]) =>
  partly(process, args, 'n:c:qv', async (file, { sign, count }, inBytes) => {
    if (inBytes) await headBytes(process, file, count, sign === '-')
    else if (sign === '-') await headExcept(process, file, count)
    else await headLines(process, file, count)
  })

async function headBytes(process: Process, file: OpenFile, count: number, except: boolean): Promise<void> {
  if (except) {
    const all = await readAll(process, file)
    return writeBytes(process, 1, all.subarray(0, Math.max(0, all.length - count)))
  }
  let left = count
  while (left > 0) {
    const chunk = await file.read(process.signal)
    if (!chunk) return
    file.unread(chunk.subarray(left))
    await writeBytes(process, 1, chunk.subarray(0, left))
    left -= Math.min(left, chunk.length)
  }
}

/** Takes lines as bytes, and leaves the rest for the next reader. */
async function headLines(process: Process, file: OpenFile, count: number): Promise<void> {
  let left = count
  while (left > 0) {
    const chunk = await file.read(process.signal)
    if (!chunk) return
    let end = 0
    while (left > 0 && end < chunk.length) {
      const newline = chunk.indexOf(10, end)
      end = newline < 0 ? chunk.length : newline + 1
      if (newline >= 0) left--
    }
    file.unread(chunk.subarray(end))
    await writeBytes(process, 1, chunk.subarray(0, end))
  }
}

async function headExcept(process: Process, file: OpenFile, count: number): Promise<void> {
  const held: string[] = []
  for await (const { lines, open } of lineBatches(process, file)) {
    for (const line of lines) held.push(open ? line : `${line}\n`)
    await print(process, held.splice(0, Math.max(0, held.length - count)).join(''))
  }
}

const POLL = 1_000

export const tail = (process: Process, args: string[]) =>
  partly(process, args, 'n:c:fFqv', async (file, wanted, inBytes, follows) => {
    await (inBytes ? tailBytes : tailLines)(process, file, wanted)
    if (follows) await follow(process, file)
  })

async function follow(process: Process, file: OpenFile): Promise<never> {
  for (;;) {
    for await (const chunk of chunksOf(process, file)) await writeBytes(process, 1, chunk)
    await sleep(process.machine.clock, POLL, process.signal)
  }
}

async function tailLines(process: Process, file: OpenFile, { sign, count }: Count): Promise<void> {
  if (sign === '+') {
    let skip = Math.max(0, count - 1)
    for await (const { lines, open } of lineBatches(process, file)) {
      const shown = lines.slice(skip)
      skip = Math.max(0, skip - lines.length)
      await print(process, shown.map((line) => (open ? line : `${line}\n`)).join(''))
    }
    return
  }
  let kept: string[] = []
  for await (const { lines, open } of lineBatches(process, file)) {
    kept = [...kept, ...lines.map((line) => (open ? line : `${line}\n`))].slice(
      count === 0 ? Infinity : -count,
    )
  }
  await print(process, kept.join(''))
}

async function tailBytes(process: Process, file: OpenFile, { sign, count }: Count): Promise<void> {
  const all = await readAll(process, file)
  await writeBytes(
    process,
    1,
    sign === '+' ? all.subarray(count - 1) : all.subarray(Math.max(0, all.length - count)),
  )
}
