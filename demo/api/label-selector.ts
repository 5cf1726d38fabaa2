import type { Kind, Token } from './label-selector-tokens.ts'
import { selectorTokens } from './label-selector-tokens.ts'
import { labelValueFaults, qualifiedNameFaults } from './qualified-name.ts'
import { badRequest } from './status.ts'

export type LabelTest = (labels: Readonly<Record<string, string>>) => boolean

type Operator = 'in' | 'notin' | '=' | '==' | '!=' | '>' | '<'

const isOperator = (kind: Kind): kind is Operator => Object.hasOwn(TESTS, kind)

const number = (text: string | undefined) => (text && /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN)

type Test = (found: string | undefined, wanted: readonly string[]) => boolean
const has: Test = (found, wanted) => found !== undefined && wanted.includes(found)
const lacks: Test = (found, wanted) => !has(found, wanted)

const TESTS: Record<Operator, Test> = {
  in: has,
  '=': has,
  '==': has,
  notin: lacks,
  '!=': lacks,
  '>': (found, [wanted]) => number(found) > number(wanted),
  '<': (found, [wanted]) => number(found) < number(wanted),
}

const refused = (why: string) => badRequest(`unable to parse requirement: ${why}`)
const found = ({ text }: Token, expected: string) => `found '${text}', expected: ${expected}`

/** Reads tokens one after the other; inside values, `in` and `notin` are words like any other. */
function reader(tokens: readonly Token[]) {
  let at = 0
  const last: Token = { kind: 'end', text: '' }
  const asValue = (token: Token): Token =>
    token.kind === 'in' || token.kind === 'notin' ? { ...token, kind: 'identifier' } : token
  return {
    peek: () => asValue(tokens[at] ?? last),
    take: () => asValue(tokens[at++] ?? last),
    takeOperator: () => tokens[at++] ?? last,
  }
}
type Reader = ReturnType<typeof reader>

/** The words between parentheses, as the original sorts them; nothing between two commas is an empty word. */
function parenthesised(read: Reader): string[] {
  const open = read.take()
  if (open.kind !== '(') throw refused(`found '${open.text}' expected: '('`)
  const words = new Set<string>()
  const first = read.peek()
  if (first.kind === ')') {
    read.take()
    return ['']
  }
  if (first.kind !== 'identifier' && first.kind !== ',') throw refused(found(first, "',', ')' or identifier"))
  for (;;) {
    const token = read.take()
    if (token.kind === 'identifier') {
      words.add(token.text)
      const next = read.peek()
      if (next.kind === ')') break
      if (next.kind !== ',') throw refused(found(next, "',' or ')'"))
    } else if (token.kind === ',') {
      if (words.size === 0) words.add('')
      const next = read.peek()
      if (next.kind === ')' || next.kind === ',') words.add('')
      if (next.kind === ')') break
    } else throw refused(found(token, "',', or identifier"))
  }
  read.take()
  return [...words].sort()
}

function single(read: Reader): string[] {
  const next = read.peek()
  if (next.kind === 'end' || next.kind === ',') return ['']
  const token = read.take()
  if (token.kind !== 'identifier') throw refused(found(token, 'identifier'))
  return [token.text]
}

function checkValues(key: string, operator: Operator, values: readonly string[]): void {
  const numeric = operator === '>' || operator === '<'
  const faults = [
    ...values.flatMap((value, at) =>
      numeric && !/^[+-]?\d+$/.test(value)
        ? [
            `values[${at}]: Invalid value: ${JSON.stringify(value)}: for 'Gt', 'Lt' operators, the value must be an integer`,
          ]
        : [],
    ),
    ...values.flatMap((value, at) => {
      const own = labelValueFaults(value)
      return own.length > 0
        ? [`values[${at}][${key}]: Invalid value: ${JSON.stringify(value)}: ${own.join('; ')}`]
        : []
    }),
  ]
  if (faults.length === 1) throw refused(faults[0] ?? '')
  if (faults.length > 1) throw refused(`[${faults.join(', ')}]`)
}

function requirement(read: Reader): LabelTest {
  const negated = read.peek().kind === '!'
  if (negated) read.take()
  const token = read.take()
  if (token.kind !== 'identifier') throw refused(found(token, 'identifier'))
  const key = token.text
  const faults = qualifiedNameFaults(key)
  if (faults.length > 0) throw refused(`<nil>: Invalid value: ${JSON.stringify(key)}: ${faults.join('; ')}`)
  if (negated) return (labels) => !Object.hasOwn(labels, key)
  const next = read.peek()
  if (next.kind === 'end' || next.kind === ',') return (labels) => Object.hasOwn(labels, key)
  const operator = read.takeOperator()
  if (!isOperator(operator.kind)) throw refused(found(operator, 'in, notin, =, ==, !=, gt, lt'))
  const { kind } = operator
  const values = kind === 'in' || kind === 'notin' ? parenthesised(read) : single(read)
  checkValues(key, kind, values)
  return (labels) => TESTS[kind](Object.hasOwn(labels, key) ? labels[key] : undefined, values)
}

/**
 * Compiles a labelSelector, equality- and set-based; undefined when it selects everything. Throws 400 in the words of
 * the original.
 */
export function labelSelector(selector: string | null): LabelTest | undefined {
  if (!selector?.trim()) return undefined
  const read = reader(selectorTokens(selector))
  const tests: LabelTest[] = []
  for (;;) {
    const next = read.peek()
    if (next.kind !== 'identifier' && next.kind !== '!') {
      const after = tests.length > 0 ? "identifier after ','" : "!, identifier, or 'end of string'"
      throw badRequest(found(next, after))
    }
    tests.push(requirement(read))
    const end = read.take()
    if (end.kind === 'end') return (labels) => tests.every((test) => test(labels))
    if (end.kind !== ',') throw badRequest(found(end, "',' or 'end of string'"))
  }
}
