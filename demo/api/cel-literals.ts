import { parseDuration } from './cel-duration.ts'

const MATCHES = /\.matches\(\s*(r?)(?:"([^"\n]*)"|'([^'\n]*)')\s*\)/g
const DURATION = /(?<![.\w])duration\(\s*(?:"([^"\n]*)"|'([^'\n]*)')\s*\)/g
const TIMESTAMP = /(?<![.\w])timestamp\(\s*(?:"([^"\n]*)"|'([^'\n]*)')\s*\)/g

function isExpression(pattern: string): boolean {
  try {
    return new RegExp(pattern.replace(/^\(\?i\)/, '')) instanceof RegExp
  } catch {
    return false
  }
}
const isDuration = (text: string) => parseDuration(text) !== undefined
const isTimestamp = (text: string) => /^\d{4}-\d\d-\d\dT/.test(text) && Number.isFinite(Date.parse(text))

const bracket = (match: RegExpExecArray) => match.index + match[0].indexOf('(') + 1
/** Of the literals that are written raw, a backslash is one; of the others, the next letter. */
const unescaped = (raw: string, text: string) => (raw ? text : text.replaceAll(/\\\\/g, '\\'))

/** An argument that is written out and can never be right, as cel-go finds when it compiles; `at` counts from 0. */
export function literalFault(source: string): { message: string; at: number } | undefined {
  for (const match of source.matchAll(MATCHES)) {
    const [, raw = '', double, single = ''] = match
    const pattern = unescaped(raw, double ?? single)
    if (!isExpression(pattern)) return { message: 'invalid matches argument', at: bracket(match) }
  }
  for (const match of source.matchAll(DURATION)) {
    if (!isDuration(match[1] ?? match[2] ?? ''))
      return { message: 'invalid duration argument', at: bracket(match) }
  }
  for (const match of source.matchAll(TIMESTAMP)) {
    if (!isTimestamp(match[1] ?? match[2] ?? '')) {
      return { message: 'invalid timestamp argument', at: bracket(match) }
    }
  }
  return undefined
}
