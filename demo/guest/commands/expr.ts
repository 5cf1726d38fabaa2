import { complain, print, type Process } from '../system/process.ts'
import { posixRegex } from './posix-regex.ts'

const isNumber = (text: string) => /^-?\d+$/.test(text)
const LEVELS = [['|'], ['&'], ['<', '<=', '=', '==', '!=', '>=', '>'], ['+', '-'], ['*', '/', '%'], [':']]

const mistake = (message: string) => Object.assign(new Error(message), { expression: true })

function numbers(left: string, right: string): [bigint, bigint] {
  if (!isNumber(left) || !isNumber(right)) throw mistake('non-integer argument')
  return [BigInt(left), BigInt(right)]
}

function divide(operator: string, a: bigint, b: bigint): bigint {
  if (b === 0n) throw mistake('division by zero')
  return operator === '/' ? a / b : a % b
}

function compare(operator: string, left: string, right: string): boolean {
  const [a, b] = isNumber(left) && isNumber(right) ? [Number(left), Number(right)] : [left, right]
  if (operator === '=' || operator === '==') return a === b
  if (operator === '!=') return a !== b
  if (operator === '<') return a < b
  if (operator === '<=') return a <= b
  return operator === '>' ? a > b : a >= b
}

const isNull = (text: string) => text === '' || /^-?0+$/.test(text)

function match(text: string, pattern: string): string {
  const found = posixRegex(`^${pattern}`, false).exec(text)
  return /\\\(/.test(pattern) ? (found?.[1] ?? '') : String(found?.[0].length ?? 0)
}

function apply(operator: string, left: string, right: string): string {
  if (operator === '|') return isNull(left) ? (isNull(right) ? '0' : right) : left
  if (operator === '&') return isNull(left) || isNull(right) ? '0' : left
  if (operator === ':') return match(left, right)
  if (LEVELS[2]?.includes(operator)) return compare(operator, left, right) ? '1' : '0'
  const [a, b] = numbers(left, right)
  if (operator === '+') return String(a + b)
  if (operator === '-') return String(a - b)
  return String(operator === '*' ? a * b : divide(operator, a, b))
}

export async function expr(process: Process, args: string[]): Promise<number> {
  let at = 0
  const primary = (): string => {
    const word = args[at++]
    if (word === undefined)
      throw mistake(
        args.length === 0
          ? "missing operand\nTry 'expr --help' for more information."
          : `syntax error: missing argument after ‘${args.at(-1) ?? ''}’`,
      )
    if (word === 'length') return String(Array.from(primary()).length)
    if (word === 'match') return match(primary(), primary())
    if (word === 'index') {
      const [text, letters] = [primary(), primary()]
      return String(Array.from(text).findIndex((letter) => letters.includes(letter)) + 1)
    }
    if (word === 'substr') {
      const [text, from, length] = [primary(), Number(primary()), Number(primary())]
      return text.slice(Math.max(0, from - 1), Math.max(0, from - 1 + length))
    }
    if (word !== '(') return word
    const inner = level(0)
    if (args[at++] !== ')') throw mistake("syntax error: expecting ')'")
    return inner
  }
  const level = (depth: number): string => {
    const operators = LEVELS[depth]
    if (!operators) return primary()
    let left = level(depth + 1)
    for (
      let operator = args[at];
      operator !== undefined && operators.includes(operator);
      operator = args[at]
    ) {
      at++
      left = apply(operator, left, level(depth + 1))
    }
    return left
  }
  try {
    const result = level(0)
    if (at < args.length) throw mistake(`syntax error: unexpected argument ‘${args[at] ?? ''}’`)
    await print(process, `${result}\n`)
    return isNull(result) ? 1 : 0
  } catch (error) {
    if (!(error instanceof Error) || !('expression' in error)) throw error
    return complain(process, `expr: ${error.message}`, 2)
  }
}
