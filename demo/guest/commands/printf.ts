import { complain, nameOf, print, type Process } from '../system/process.ts'
import { unescapeText } from './escapes.ts'

const SPEC = /%(?:%|([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d+)?)?([a-zA-Z]))/g

/** `printf format argument...`: the format is used again until the arguments are used up. */
export async function printf(process: Process, args: string[]): Promise<number> {
  const [format, ...values] = args[0] === '--' ? args.slice(1) : args
  if (format === undefined)
    return complain(process, `${nameOf(process)}: usage: printf format [arguments]`, 2)
  let output = ''
  let stopped = false
  const bad: string[] = []
  const next = () => values.shift() ?? ''
  const isLeft = () => values.length > 0 && !stopped
  do {
    const before = values.length
    const text = unescapeText(format, 'printf').text
    output += text.replace(
      SPEC,
      (
        whole,
        flags: string | undefined,
        width: string | undefined,
        precision: string | undefined,
        verb: string | undefined,
      ) => {
        if (whole === '%%' || stopped) return stopped ? '' : '%'
        const wide = width === '*' ? Number(next()) : Number(width ?? 0)
        const exact = whole.includes('.') ? Number(precision === '*' ? next() : (precision ?? 0)) : undefined
        const value = next()
        if (verb === 'b') {
          const read = unescapeText(value, 'echo')
          ;({ stopped } = read)
          return pad(read.text, wide, flags ?? '')
        }
        const shown = convert(verb ?? '', value, flags ?? '', exact)
        if (shown.bad) bad.push(value)
        return pad(
          shown.text,
          wide,
          (flags ?? '').includes('0') && /[diouxXeEfFgG]/.test(verb ?? '') && exact === undefined
            ? `${flags ?? ''}0`
            : (flags ?? '').replace('0', ''),
        )
      },
    )
    if (values.length === before) break
  } while (isLeft())
  await print(process, output)
  for (const value of bad) await complain(process, `printf: ${value}: expected numeric value`)
  return bad.length > 0 ? 1 : 0
}

function pad(text: string, width: number, flags: string): string {
  if (flags.includes('-') || width < 0) return text.padEnd(Math.abs(width))
  if (!flags.includes('0')) return text.padStart(width)
  const sign = /^[-+ ]/.exec(text)?.[0] ?? ''
  return sign + text.slice(sign.length).padStart(width - sign.length, '0')
}

function numberOf(value: string): { number: number; bad: boolean } {
  if (value === '') return { number: 0, bad: false }
  if (/^["']/.test(value)) return { number: value.codePointAt(1) ?? 0, bad: false }
  if (/^[-+]?0[0-7]+$/.test(value)) return { number: Number.parseInt(value, 8), bad: false }
  const number = Number(value)
  return Number.isNaN(number)
    ? { number: Number.parseInt(value, 10) || 0, bad: true }
    : { number, bad: false }
}

function convert(
  verb: string,
  value: string,
  flags: string,
  precision: number | undefined,
): { text: string; bad: boolean } {
  if (verb === 's') return { text: precision === undefined ? value : value.slice(0, precision), bad: false }
  if (verb === 'c') return { text: value.slice(0, 1), bad: false }
  if (verb === 'q')
    return { text: /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replace(/'/g, "'\\''")}'`, bad: false }
  const { number, bad } = numberOf(value)
  const sign = number >= 0 && flags.includes('+') ? '+' : number >= 0 && flags.includes(' ') ? ' ' : ''
  const whole = Math.trunc(number)
  const digits = (text: string) => text.padStart(precision ?? 0, '0')
  switch (verb) {
    case 'd':
    case 'i':
      return { text: `${whole < 0 ? '-' : sign}${digits(String(Math.abs(whole)))}`, bad }
    case 'u':
      return { text: digits(String(BigInt.asUintN(64, BigInt(whole)))), bad }
    case 'o':
      return { text: digits(whole.toString(8)), bad }
    case 'x':
      return {
        text: `${flags.includes('#') ? '0x' : ''}${digits(BigInt.asUintN(64, BigInt(whole)).toString(16))}`,
        bad,
      }
    case 'X':
      return {
        text: `${flags.includes('#') ? '0X' : ''}${digits(BigInt.asUintN(64, BigInt(whole)).toString(16).toUpperCase())}`,
        bad,
      }
    case 'e':
    case 'E':
      return { text: sign + number.toExponential(precision ?? 6).replace(/e([-+])(\d)$/, 'e$10$2'), bad }
    case 'g':
    case 'G':
      return { text: sign + String(Number(number.toPrecision(precision || 6))), bad }
    default:
      return { text: sign + number.toFixed(Math.min(precision ?? 6, 60)), bad }
  }
}
