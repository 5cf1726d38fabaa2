import { openFor } from '../system/open-for.ts'
import { print, writeText, type Process } from '../system/process.ts'
import { lineBatches } from '../system/read-lines.ts'
import { eachFile } from './each-file.ts'
import { withOptions } from './options.ts'

const LONG = {
  reverse: 'r',
  'numeric-sort': 'n',
  unique: 'u',
  key: 'k',
  'field-separator': 't',
  'ignore-case': 'f',
  'human-numeric-sort': 'h',
  'version-sort': 'V',
  output: 'o',
  stable: 's',
}

interface Key {
  from: number
  to: number
  flags: Set<string>
}

/** `2,3nr`: fields from one, with their own ordering. */
function keyOf(text: string, general: Set<string>): Key {
  const match = /^(\d+)(?:\.\d+)?([a-zA-Z]*)(?:,(\d+)(?:\.\d+)?([a-zA-Z]*))?$/.exec(text)
  const letters = `${match?.[2] ?? ''}${match?.[4] ?? ''}`
  return {
    from: Number(match?.[1] ?? 1),
    to: Number(match?.[3] ?? Infinity),
    flags: letters === '' ? general : new Set(letters),
  }
}

const SUFFIX: Record<string, number> = { K: 1e3, M: 1e6, G: 1e9, T: 1e12 }
const numberOf = (text: string) => Number.parseFloat(/^\s*-?\d*\.?\d*/.exec(text)?.[0] ?? '') || 0
const humanOf = (text: string) =>
  numberOf(text) * (SUFFIX[/[KMGT]/i.exec(text)?.[0]?.toUpperCase() ?? ''] ?? 1)
const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function compareBy(flags: Set<string>, a: string, b: string): number {
  const sign = flags.has('r') ? -1 : 1
  if (flags.has('n') || flags.has('g')) return sign * (numberOf(a) - numberOf(b))
  if (flags.has('h')) return sign * (humanOf(a) - humanOf(b))
  if (flags.has('V')) return sign * a.localeCompare(b, 'en', { numeric: true })
  const [left, right] = flags.has('b') ? [a.trimStart(), b.trimStart()] : [a, b]
  return sign * (flags.has('f') ? order(left.toUpperCase(), right.toUpperCase()) : order(left, right))
}

function fieldsOf(line: string, separator: string | undefined, { from, to }: Key): string {
  if (separator !== undefined)
    return line
      .split(separator)
      .slice(from - 1, to)
      .join(separator)
  return (line.match(/\s*\S+/g) ?? []).slice(from - 1, to).join('')
}

export const sort = (process: Process, args: string[]) =>
  withOptions(
    process,
    args,
    { letters: 'rnufhVbgsck:t:o:', long: LONG, usage: 2 },
    async ({ flags, values, operands }) => {
      const all: string[] = []
      const failed = await eachFile(
        process,
        operands,
        async (file) => {
          for await (const { lines } of lineBatches(process, file)) for (const line of lines) all.push(line)
        },
        (name) => `cannot read: ${name}`,
      )
      const given = values.get('k')
      const key = given === undefined ? undefined : keyOf(given, flags)
      const separator = values.get('t')
      const primary = (a: string, b: string) =>
        key
          ? compareBy(key.flags, fieldsOf(a, separator, key), fieldsOf(b, separator, key))
          : compareBy(flags, a, b)
      const last = (a: string, b: string) =>
        flags.has('s') || flags.has('u') ? 0 : order(a, b) * (flags.has('r') ? -1 : 1)
      all.sort((a, b) => primary(a, b) || last(a, b))
      const lines = flags.has('u')
        ? all.filter((line, i) => i === 0 || primary(all[i - 1] ?? '', line) !== 0)
        : all
      const text = lines.map((line) => `${line}\n`).join('')
      const target = values.get('o')
      if (target === undefined) await print(process, text)
      else {
        const file = openFor(process, target, 'write')
        await file.write(new TextEncoder().encode(text), process.signal)
        file.release()
      }
      return failed === 0 ? 0 : 2
    },
  )

export const uniq = (process: Process, args: string[]) =>
  withOptions(
    process,
    args,
    { letters: 'cdui', long: { count: 'c', repeated: 'd', unique: 'u', 'ignore-case': 'i' } },
    async ({ flags, operands }) => {
      let current: string | undefined
      let count = 0
      const keyed = (line: string) => (flags.has('i') ? line.toLowerCase() : line)
      const shown = () => {
        if (current === undefined || (flags.has('d') && count < 2) || (flags.has('u') && count > 1)) return ''
        return `${flags.has('c') ? `${String(count).padStart(7)} ` : ''}${current}\n`
      }
      const status = await eachFile(process, operands.slice(0, 1), async (file) => {
        for await (const { lines } of lineBatches(process, file)) {
          let output = ''
          for (const line of lines) {
            if (current !== undefined && keyed(current) === keyed(line)) {
              count++
              continue
            }
            output += shown()
            current = line
            count = 1
          }
          await writeText(process, 1, output)
        }
      })
      await print(process, shown())
      return status
    },
  )
