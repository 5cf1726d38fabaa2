import { EvaluationError } from '@marcbachmann/cel-js'

const failed = (message: string) => new EvaluationError({ code: 'format_error', message })

function text(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(text).join(', ')}]`
  if (value instanceof Map) {
    return `{${[...value].map(([key, one]) => `${text(key)}: ${text(one)}`).join(', ')}}`
  }
  if (value instanceof Date) return value.toISOString().replace('.000Z', 'Z')
  return String(value)
}

function whole(value: unknown, radix: number): string {
  if (typeof value === 'bigint') return value.toString(radix)
  throw failed('decimal clause can only be used on integers')
}

const VERBS: Readonly<Record<string, (value: unknown, precision: number) => string>> = {
  s: text,
  d: (value) => whole(value, 10),
  b: (value) => (typeof value === 'boolean' ? String(Number(value)) : whole(value, 2)),
  o: (value) => whole(value, 8),
  x: (value) => (typeof value === 'string' ? Buffer.from(value).toString('hex') : whole(value, 16)),
  X: (value) =>
    (typeof value === 'string' ? Buffer.from(value).toString('hex') : whole(value, 16)).toUpperCase(),
  f: (value, precision) => Number(value).toFixed(precision),
  e: (value, precision) => Number(value).toExponential(precision),
}
const PRECISION = 6

/** `'%s is %d'.format([…])`, as cel-go's strings extension does it. Throws for a clause without a value. */
export function formatted(format: string, values: readonly unknown[]): string {
  let next = 0
  return format.replaceAll(/%(?:\.(\d+))?(.)/g, (_, precision: string | undefined, verb: string) => {
    if (verb === '%') return '%'
    const clause = VERBS[verb]
    if (!clause) throw failed(`unrecognized formatting clause "${verb}"`)
    if (next >= values.length) throw failed(`index ${next} out of range`)
    return clause(values[next++], precision === undefined ? PRECISION : Number(precision))
  })
}
