import { unescapeText } from './escapes.ts'

const SPEC = /%(?:%|([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d+)?)?([a-zA-Z]))/g

/** Takes values off the front as it needs them; `bad` gathers those that should be numbers and are not. */
export function formatOnce(
  format: string,
  values: string[],
  bad: string[],
): { text: string; stopped: boolean } {
  let stopped = false
  const next = () => values.shift() ?? ''
  const text = format.replace(
    SPEC,
    (
      whole,
      flags: string | undefined,
      width: string | undefined,
      precision: string | undefined,
      verb: string | undefined,
    ) => {
      if (whole === '%%' || stopped) return stopped ? '' : '%'
      const wide = Math.min(1_000_000, width === '*' ? Number(next()) : Number(width ?? 0))
      const exact = whole.includes('.') ? Number(precision === '*' ? next() : (precision ?? 0)) : undefined
      const value = next()
      if (verb === 'b') {
        const read = unescapeText(value, 'echo')
        ;({ stopped } = read)
        return pad(read.text, wide, flags ?? '')
      }
      const shown = convert(verb ?? '', value, flags ?? '', exact)
      if (shown.bad) bad.push(value)
      const zero = (flags ?? '').includes('0') && /[diouxXeEfFgG]/.test(verb ?? '') && exact === undefined
      return pad(shown.text, wide, zero ? (flags ?? '') : (flags ?? '').replaceAll('0', ''))
    },
  )
  return { text, stopped }
}

/** printf for awk: the format is used once. */
export const formatText = (format: string, values: string[]) => formatOnce(format, [...values], []).text

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
    return { text: value === '' ? "''" : value.replace(/[^\w@%+=:,./-]/g, '\\$&'), bad: false }
  const { number, bad } = numberOf(value)
  const sign = number >= 0 && flags.includes('+') ? '+' : number >= 0 && flags.includes(' ') ? ' ' : ''
  const whole = Math.trunc(number)
  const digits = (text: string) => text.padStart(precision ?? 0, '0')
  switch (verb) {
    case 'd':
    case 'i':
      return {
        text: `${whole < 0 ? '-' : sign}${digits(String(BigInt(Number.isFinite(whole) ? Math.abs(whole) : 0)))}`,
        bad,
      }
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
