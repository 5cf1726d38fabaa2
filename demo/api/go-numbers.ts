import { badRequest } from './status.ts'

const INT64 = 2n ** 63n

/** Why Go cannot read a text as a whole number, in its words; undefined when it can. */
export function wholeFault(text: string, kind: 'Int' | 'Uint'): string | undefined {
  const pattern = kind === 'Int' ? /^[+-]?\d+$/ : /^\d+$/
  const fault = (why: string) => `strconv.Parse${kind}: parsing ${JSON.stringify(text)}: ${why}`
  if (!pattern.test(text)) return fault('invalid syntax')
  const value = BigInt(text.replace('+', ''))
  const within = kind === 'Int' ? value >= -INT64 && value < INT64 : value < 2n * INT64
  return within ? undefined : fault('value out of range')
}

/** A whole number of a query; undefined when it is not given. Throws 400. */
export function wholeNumber(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null || text === '') return undefined
  const fault = wholeFault(text, 'Int')
  if (fault) throw badRequest(fault)
  return Number(text)
}
