import type { Environment } from '@marcbachmann/cel-js'
import { EvaluationError } from '@marcbachmann/cel-js'
import { formatted } from './cel-format.ts'

function outOfRange(index: bigint): never {
  throw new EvaluationError({ code: 'index_out_of_range', message: `index out of range: ${index}` })
}

function replaced(text: string, from: string, to: string, limit: number): string {
  if (limit < 0) return text.replaceAll(from, to)
  let left = limit
  return text.replaceAll(from, (found) => (left-- > 0 ? to : found))
}

/** Throws for what is not a regular expression. */
export function expression(pattern: string): RegExp {
  const folded = pattern.startsWith('(?i)')
  try {
    return new RegExp(folded ? pattern.slice('(?i)'.length) : pattern, folded ? 'gi' : 'g')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new EvaluationError({ code: 'invalid_regular_expression', message: why })
  }
}

const findings = (text: string, pattern: string) =>
  [...text.matchAll(expression(pattern))].map(([all]) => all)

/** Functions of texts: those of cel-go's strings extension that the library lacks, and Kubernetes' find and findAll. */
export function textFunctions(environment: Environment): void {
  environment
    .registerFunction('string.charAt(int): string', (text: string, index: bigint) => {
      const letters = Array.from(text)
      if (index < 0n || index > BigInt(letters.length)) outOfRange(index)
      return letters[Number(index)] ?? ''
    })
    .registerFunction('string.replace(string, string): string', (text: string, from: string, to: string) =>
      text.replaceAll(from, () => to),
    )
    .registerFunction(
      'string.replace(string, string, int): string',
      (text: string, from: string, to: string, limit: bigint) => replaced(text, from, to, Number(limit)),
    )
    .registerFunction('string.format(list<dyn>): string', (text: string, values: unknown[]) =>
      formatted(text, values),
    )
    .registerFunction('string.find(string): string', (text: string, pattern: string) => {
      const [first = ''] = findings(text, pattern)
      return first
    })
    .registerFunction('string.findAll(string): list<string>', findings)
    .registerFunction(
      'string.findAll(string, int): list<string>',
      (text: string, pattern: string, limit: bigint) =>
        limit < 0n ? findings(text, pattern) : findings(text, pattern).slice(0, Number(limit)),
    )
}
