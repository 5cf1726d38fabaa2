import { sleep as pause } from '../../sleep.ts'
import { isSystemError } from '../system/errno.ts'
import { openFor } from '../system/open-for.ts'
import { complain, nameOf, print, standardInput, writeBytes, type Process } from '../system/process.ts'
import { chunksOf } from '../system/read-lines.ts'
import { eachFile } from './each-file.ts'
import { withOptions } from './options.ts'

export const wc = (process: Process, args: string[]) =>
  withOptions(
    process,
    args,
    { letters: 'lwcmL', long: { lines: 'l', words: 'w', bytes: 'c', chars: 'm' } },
    async ({ flags, operands }) => {
      const shown = flags.size > 0 ? ['l', 'w', 'm', 'c'].filter((flag) => flags.has(flag)) : ['l', 'w', 'c']
      const rows: { counts: Record<string, number>; name: string }[] = []
      const total = { l: 0, w: 0, m: 0, c: 0 }
      const status = await eachFile(process, operands, async (file, name) => {
        const counts = { l: 0, w: 0, m: 0, c: 0 }
        const decoder = new TextDecoder()
        let inWord = false
        for await (const chunk of chunksOf(process, file)) {
          counts.c += chunk.length
          for (const letter of decoder.decode(chunk, { stream: true })) {
            counts.m++
            if (letter === '\n') counts.l++
            const blank = letter === ' ' || (letter >= '\t' && letter <= '\r')
            if (!blank && !inWord) counts.w++
            inWord = !blank
          }
        }
        for (const key of ['l', 'w', 'm', 'c'] as const) total[key] += counts[key]
        rows.push({ counts, name: operands.length === 0 ? '' : name })
      })
      if (operands.length > 1) rows.push({ counts: total, name: 'total' })
      const single = shown.length === 1 && rows.length === 1
      const width = single ? 1 : operands.length === 0 || operands.includes('-') ? 7 : String(total.c).length
      await print(
        process,
        rows
          .map(
            ({ counts, name }) =>
              `${[...shown.map((flag) => String(counts[flag] ?? 0).padStart(width)), ...(name === '' ? [] : [name])].join(' ')}\n`,
          )
          .join(''),
      )
      return status
    },
  )

export const tee = (process: Process, args: string[]) =>
  withOptions(process, args, { letters: 'ai', long: { append: 'a' } }, async ({ flags, operands }) => {
    let status = 0
    const files = []
    for (const name of operands) {
      try {
        files.push(openFor(process, name, flags.has('a') ? 'append' : 'write'))
      } catch (error) {
        if (!isSystemError(error)) throw error
        status = await complain(process, `tee: ${name}: ${error.message}`)
      }
    }
    for await (const chunk of chunksOf(process, standardInput(process))) {
      await writeBytes(process, 1, chunk)
      for (const file of files) await file.write(chunk, process.signal)
    }
    for (const file of files) file.release()
    return status
  })

const CHUNK = 8_192

export async function yes(process: Process, args: string[]): Promise<number> {
  const line = `${args.length > 0 ? args.join(' ') : 'y'}\n`
  const text = line.repeat(Math.max(1, Math.floor(CHUNK / line.length)))
  const bytes = new TextEncoder().encode(text)
  for (;;) await writeBytes(process, 1, bytes)
}

export const seq = (process: Process, args: string[]) =>
  withOptions(
    process,
    args.map((arg) => (/^-[\d.]/.test(arg) ? `\0${arg}` : arg)),
    { letters: 's:w' },
    async ({ flags, values, operands }) => {
      const words = operands.map((word) => word.replace('\0', ''))
      const bad = words.find((word) => word.trim() === '' || Number.isNaN(Number(word)))
      if (bad !== undefined)
        return complain(
          process,
          `seq: invalid floating point argument: ‘${bad}’\nTry 'seq --help' for more information.`,
        )
      if (words.length === 0)
        return complain(process, "seq: missing operand\nTry 'seq --help' for more information.")
      const [first, step, last] =
        words.length === 1
          ? ['1', '1', words[0] ?? '1']
          : words.length === 2
            ? [words[0] ?? '1', '1', words[1] ?? '1']
            : words
      const digits = Math.max(...[first, step].map((word) => (word ?? '').split('.')[1]?.length ?? 0))
      const [from, by, to] = [Number(first), Number(step), Number(last)]
      if (by === 0)
        return complain(
          process,
          `seq: invalid Zero increment value: ‘${step ?? ''}’\nTry 'seq --help' for more information.`,
        )
      const width = flags.has('w') ? Math.max(from.toFixed(digits).length, to.toFixed(digits).length) : 0
      const glue = values.get('s') ?? '\n'
      const count = Math.floor((to - from) / by + 1e-10) + 1
      let output = ''
      for (let i = 0; i < count; i++) {
        output += `${i > 0 ? glue : ''}${(from + i * by).toFixed(digits).padStart(width, '0')}`
        if (output.length > CHUNK) {
          await print(process, output)
          output = ''
        }
      }
      await print(process, count > 0 ? `${output}\n` : '')
      return 0
    },
  )

const UNITS: Record<string, number> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 }

export async function sleep(process: Process, args: string[]): Promise<number> {
  let seconds = 0
  if (args.length === 0)
    return complain(process, "sleep: missing operand\nTry 'sleep --help' for more information.")
  for (const arg of args) {
    const match = /^(\d+\.?\d*|\.\d+|inf(?:inity)?)([smhd]?)$/.exec(arg)
    if (!match)
      return complain(
        process,
        `sleep: invalid time interval ‘${arg}’\nTry 'sleep --help' for more information.`,
      )
    seconds += (match[1]?.startsWith('inf') ? 1e9 : Number(match[1])) * (UNITS[match[2] ?? ''] ?? 1)
  }
  // A timer cannot be set further ahead than this, so a long sleep takes several.
  for (let left = seconds * 1000; left > 0; left -= 2 ** 31 - 1) {
    await pause(process.machine.clock, Math.min(left, 2 ** 31 - 1), process.signal)
  }
  return 0
}

export const base64 = (process: Process, args: string[]) =>
  withOptions(
    process,
    args,
    { letters: 'dw:i', long: { decode: 'd', wrap: 'w' } },
    async ({ flags, values, operands }) => {
      const width = Number(values.get('w') ?? 76)
      let bad = false
      const status = await eachFile(process, operands.slice(0, 1), async (file) => {
        let held = Buffer.alloc(0)
        let column = ''
        for await (const chunk of chunksOf(process, file)) {
          held = Buffer.concat([held, chunk])
          if (flags.has('d')) continue
          const whole = held.subarray(0, held.length - (held.length % 3))
          held = held.subarray(whole.length)
          column = await printWrapped(process, column + whole.toString('base64'), width, false)
        }
        if (!flags.has('d'))
          return void (await printWrapped(process, column + held.toString('base64'), width, true))
        const text = held.toString('latin1').replace(/\s/g, '')
        bad = !/^[A-Za-z0-9+/]*={0,2}$/.test(text)
        await writeBytes(process, 1, Buffer.from(text, 'base64'))
      })
      return bad ? complain(process, `${nameOf(process)}: invalid input`) : status
    },
  )

/** Prints whole rows; answers what is left for the next. */
async function printWrapped(process: Process, text: string, width: number, last: boolean): Promise<string> {
  if (width === 0) return print(process, text).then(() => '')
  let at = 0
  let output = ''
  for (; at + width <= text.length; at += width) output += `${text.slice(at, at + width)}\n`
  const rest = text.slice(at)
  await print(process, last && rest !== '' ? `${output}${rest}\n` : output)
  return last ? '' : rest
}
