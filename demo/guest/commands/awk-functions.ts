import { awkRegex, arrayOf, splitFields, toNumber, toText, type AwkState, type Value } from './awk-values.ts'
import { formatText } from './format-text.ts'

/** What is called by its values alone. */
export const AWK_FUNCTIONS: Record<string, (state: AwkState, args: (Value | undefined)[]) => Value> = {
  length: (state, args) => Array.from(args.length === 0 ? state.record : toText(args[0])).length,
  substr(_, [text, from, length]) {
    const start = Math.round(toNumber(from)) - 1
    const end = length === undefined ? Infinity : start + Math.round(toNumber(length))
    return toText(text).slice(Math.max(0, start), Math.max(0, end))
  },
  index: (_, [text, part]) => toText(text).indexOf(toText(part)) + 1,
  tolower: (_, [text]) => toText(text).toLowerCase(),
  toupper: (_, [text]) => toText(text).toUpperCase(),
  int: (_, [number]) => Math.trunc(toNumber(number)),
  sqrt: (_, [number]) => Math.sqrt(toNumber(number)),
  exp: (_, [number]) => Math.exp(toNumber(number)),
  log: (_, [number]) => Math.log(toNumber(number)),
  sin: (_, [number]) => Math.sin(toNumber(number)),
  cos: (_, [number]) => Math.cos(toNumber(number)),
  atan2: (_, [y, x]) => Math.atan2(toNumber(y), toNumber(x)),
  rand: (state) => state.random(),
  srand: () => 0,
  sprintf: (_, [format, ...values]) => formatText(toText(format), values.map(toText)),
  match(state, [text, pattern]) {
    const found = awkRegex(toText(pattern)).exec(toText(text))
    state.variables.set('RSTART', found ? found.index + 1 : 0)
    state.variables.set('RLENGTH', found ? found[0].length : -1)
    return found ? found.index + 1 : 0
  },
}

/** `split(text, array, separator)`: answers how many there are. */
export function splitInto(
  state: AwkState,
  text: string,
  name: string,
  separator: string | undefined,
): number {
  const parts = splitFields(text, separator ?? toText(state.variables.get('FS')))
  const array = arrayOf(state, name)
  array.clear()
  for (const [i, part] of parts.entries()) array.set(String(i + 1), { input: part })
  return parts.length
}

/** `sub` and `gsub`: the new text and how often something was replaced. */
export function substituteIn(
  text: string,
  pattern: string,
  replacement: string,
  all: boolean,
): { text: string; count: number } {
  let count = 0
  const regex = new RegExp(awkRegex(pattern).source, all ? 'g' : '')
  const changed = text.replace(regex, (match) => {
    count++
    return replacement.replace(/\\&|&/g, (mark) => (mark === '&' ? match : '&'))
  })
  return { text: changed, count }
}

export const truth = (value: boolean): Value => (value ? 1 : 0)
