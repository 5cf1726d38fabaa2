import type { Environment, ParseError, TypeError } from '@marcbachmann/cel-js'
import { isRecord } from './json.ts'

interface Found {
  message: string
  /** Where in the source, from 0. */
  at: number
}

const CALL = /^found no matching overload for '(?:(.*)\.)?(\w+)\((.*)\)'$/
const OPERATION = /^no such overload: (.*) (==|!=|<=|>=|<|>|\+|-|\*|\/|%|in) (.*)$/
const UNARY = /^no such overload: ([!-])(.*)$/

/** `list<string>` as cel-go prints it: `list(string)`. */
const typeText = (text: string) =>
  text
    .replaceAll('<', '(')
    .replaceAll('>', ')')
    .replaceAll(/\bObject\d+\b/g, 'object')
    .replaceAll('google.protobuf.', '')

/** Where cel-go says that an expression is: at its dot, bracket or operator. */
function positionOf(node: unknown): number {
  if (!isRecord(node)) return 0
  const start = typeof node.start === 'number' ? node.start : 0
  const source = typeof node.input === 'string' ? node.input : ''
  const [first] = Array.isArray(node.args) ? node.args : []
  const end = isRecord(first) && typeof first.end === 'number' ? first.end : start
  if (node.op === '.' || node.op === '[]') return source.indexOf(node.op === '.' ? '.' : '[', end)
  if (node.op === 'call' || node.op === 'rcall') return parenthesis(node, source, start)
  if (typeof node.op === 'string' && Array.isArray(node.args) && node.args.length === 2 && end > start) {
    return Math.max(start, source.indexOf(node.op, end))
  }
  return start
}

/** The operand of `&&` or `||` that is no bool. */
function operandOf(node: unknown): unknown {
  const operands = isRecord(node) && Array.isArray(node.args) ? node.args : []
  const isBool = (one: unknown) =>
    isRecord(one) && isRecord(one.checkedType) && one.checkedType.type === 'bool'
  return operands.find((one) => !isBool(one)) ?? node
}

function parenthesis(node: Record<string, unknown>, source: string, start: number): number {
  const [name, receiver] = Array.isArray(node.args) ? node.args : []
  const from =
    node.op === 'rcall' && isRecord(receiver) && typeof receiver.end === 'number' ? receiver.end : start
  const at = source.indexOf(String(name), from)
  return source.indexOf('(', at < 0 ? from : at)
}

function unknownFunction(environment: Environment, name: string): boolean {
  return !environment.getDefinitions().functions.some((one) => one.name === name)
}

function callFailure(environment: Environment, match: RegExpExecArray): string {
  const [, receiver, name = '', args = ''] = match
  if (unknownFunction(environment, name)) return `undeclared reference to '${name}' (in container '')`
  const applied = receiver === undefined ? `(${typeText(args)})` : `${typeText(receiver)}.(${typeText(args)})`
  return `found no matching overload for '${name}' applied to '${applied}'`
}

function operationFailure(match: RegExpExecArray): string {
  const [, left = '', operator = '', right = ''] = match
  const name = operator === 'in' ? '@in' : `_${operator}_`
  return `found no matching overload for '${name}' applied to '(${typeText(left)}, ${typeText(right)})'`
}

function typeFailure(environment: Environment, error: TypeError): Found {
  const start = error.range?.start ?? 0
  const { summary, code } = error
  const quoted = /'([^']*)'$/.exec(summary)?.[1] ?? ''
  const call = CALL.exec(summary)
  if (call) return { message: callFailure(environment, call), at: positionOf(error.node) }
  const operation = OPERATION.exec(summary)
  if (operation) return { message: operationFailure(operation), at: positionOf(error.node) }
  const unary = UNARY.exec(summary)
  if (unary) {
    return {
      message: `found no matching overload for '${unary[1]}_' applied to '(${typeText(unary[2] ?? '')})'`,
      at: start,
    }
  }
  if (code === 'no_such_key') {
    return { message: `undefined field '${summary.slice('No such key: '.length)}'`, at: start - 1 }
  }
  if (code === 'unknown_variable') {
    const name = summary.slice('Unknown variable: '.length)
    return { message: `undeclared reference to '${name}' (in container '')`, at: start }
  }
  if (code === 'cannot_index_type') {
    return { message: `type '${typeText(quoted)}' does not support field selection`, at: start - 1 }
  }
  if (code === 'invalid_logical_operand') {
    return {
      message: `expected type 'bool' but found '${typeText(quoted)}'`,
      at: positionOf(operandOf(error.node)),
    }
  }
  if (code === 'invalid_condition_type') {
    return { message: `expected type 'bool' but found '${typeText(quoted)}'`, at: start }
  }
  const mixed = /expected type '(.*)' but found '(.*)'$/.exec(summary)
  if (mixed)
    return {
      message: `expected type '${typeText(mixed[1] ?? '')}' but found '${typeText(mixed[2] ?? '')}'`,
      at: start,
    }
  return { message: summary, at: start }
}

/** `ERROR: <input>:1:5: …` with the line and a mark under the place, as cel-go prints an issue. */
function printed(source: string, { message, at }: Found): string {
  const before = source.slice(0, Math.max(0, at))
  const line = before.split('\n').length
  const column = before.length - (before.lastIndexOf('\n') + 1)
  const text = source.split('\n')[line - 1] ?? ''
  return `ERROR: <input>:${line}:${column + 1}: ${message}\n | ${text}\n | ${'.'.repeat(column)}^`
}

type Failure = ParseError | TypeError | Found | undefined

/** What a macro is asked about is told at the macro's bracket; what leads there, at its own dot. */
function inMacro(source: string, found: Found, macro: RegExp): Found {
  const rest = /^\.\s*\w+\s*\)/.exec(source.slice(found.at))
  const last = [...source.slice(0, found.at).matchAll(macro)].at(-1)
  if (!rest || !last) return found
  return { ...found, at: source.indexOf('(', last.index) }
}

/**
 * Why an expression does not compile, as cel-go words it. Errors of types and names are told in its words and places; of
 * syntax errors only the place is the same.
 */
export function compileFailure(
  environment: Environment,
  source: string,
  error: Failure,
  macro?: RegExp,
): string {
  if (error && 'at' in error) return `compilation failed: ${printed(source, error)}`
  if (error?.name === 'ParseError') {
    const found = { message: `Syntax error: ${error.summary}`, at: error.range?.start ?? 0 }
    return `compilation failed: ${printed(source, found)}`
  }
  const found = error ? typeFailure(environment, error) : { message: 'unknown error', at: 0 }
  return `compilation failed: ${printed(source, macro ? inMacro(source, found, macro) : found)}`
}
