import { badRequest } from './status.ts'

export type LabelTest = (labels: Readonly<Record<string, string>>) => boolean

const KEY = /^([A-Za-z0-9.-]+\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/

function unreadable(selector: string, why: string): Error {
  return badRequest(`unable to parse requirement: ${why} in selector ${JSON.stringify(selector)}`)
}

/** Requirements are separated by commas outside parentheses. */
function requirements(selector: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let index = 0; index < selector.length; index++) {
    const letter = selector[index]
    if (letter === '(') depth += 1
    if (letter === ')') depth -= 1
    if (letter === ',' && depth === 0) {
      parts.push(selector.slice(from, index))
      from = index + 1
    }
  }
  parts.push(selector.slice(from))
  return parts.map((part) => part.trim())
}

const SET = /^(\S+?)\s+(in|notin)\s*\(([^()]*)\)$/
const COMPARE = /^([^\s!=<>]+)\s*(==|=|!=|>|<)\s*(\S*)$/
const EXISTS = /^(!?)\s*([^\s!=<>()]+)$/

const number = (text: string | undefined) => (text && /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN)

const COMPARISONS: Readonly<Record<string, (found: string | undefined, wanted: string) => boolean>> = {
  '=': (found, wanted) => found === wanted,
  '==': (found, wanted) => found === wanted,
  '!=': (found, wanted) => found !== wanted,
  '>': (found, wanted) => number(found) > number(wanted),
  '<': (found, wanted) => number(found) < number(wanted),
}

function requirement(text: string, selector: string): LabelTest {
  const checked = (key: string, values: readonly string[]) => {
    if (!KEY.test(key)) throw unreadable(selector, `invalid label key ${JSON.stringify(key)}`)
    const wrong = values.find((value) => !VALUE.test(value))
    if (wrong !== undefined) throw unreadable(selector, `invalid label value ${JSON.stringify(wrong)}`)
    return key
  }
  const inSet = SET.exec(text)
  if (inSet) {
    const values = (inSet[3] ?? '').split(',').map((value) => value.trim())
    const key = checked(inSet[1] ?? '', values)
    const wanted = new Set(values)
    if (inSet[2] === 'in') return (labels) => Object.hasOwn(labels, key) && wanted.has(labels[key] ?? '')
    return (labels) => !Object.hasOwn(labels, key) || !wanted.has(labels[key] ?? '')
  }
  const compare = COMPARE.exec(text)
  if (compare) {
    const value = compare[3] ?? ''
    const key = checked(compare[1] ?? '', [value])
    const holds = COMPARISONS[compare[2] ?? '']
    if (holds) return (labels) => holds(Object.hasOwn(labels, key) ? labels[key] : undefined, value)
  }
  const exists = EXISTS.exec(text)
  if (!exists) throw unreadable(selector, `found '${text}'`)
  const key = checked(exists[2] ?? '', [])
  return exists[1] ? (labels) => !Object.hasOwn(labels, key) : (labels) => Object.hasOwn(labels, key)
}

/** Compiles a labelSelector, equality- and set-based; undefined when it selects everything. Throws 400. */
export function labelSelector(selector: string | null): LabelTest | undefined {
  if (!selector?.trim()) return undefined
  const tests = requirements(selector).map((part) => requirement(part, selector))
  return (labels) => tests.every((test) => test(labels))
}
