import type { ParseResult } from '@marcbachmann/cel-js'
import { EvaluationError, Optional } from '@marcbachmann/cel-js'
import type { CompiledRule } from './cel-compile.ts'

/** What became of a rule. */
export interface RuleOutcome {
  holds: boolean
  /** Why it could not be computed, in cel-go's words. */
  error?: string
  /** What its messageExpression says. */
  message?: string
}

const NO_OVERLOAD = 'no such overload'

/** cel-go's words by the library's codes; both give the rest themselves. */
const WORDS: Readonly<Record<string, (summary: string) => string>> = {
  no_such_key: (summary) => `no such key: ${summary.slice('No such key: '.length)}`,
  index_out_of_bounds: (summary) => `index out of bounds: ${/index (-?\d+)/.exec(summary)?.[1] ?? ''}`,
  division_by_zero: () => 'division by zero',
  modulo_by_zero: () => 'modulus by zero',
  numeric_overflow: () => 'integer overflow',
  no_such_overload: () => NO_OVERLOAD,
  no_matching_overload: () => NO_OVERLOAD,
  optional_value_missing: () => 'optional.none() dereference',
}

/** Why an expression could not be computed, in cel-go's words. */
export function evaluationFailure(error: unknown): string {
  if (error instanceof EvaluationError) return WORDS[error.code]?.(error.summary) ?? error.summary
  return error instanceof Error ? error.message : String(error)
}

export const isOverloadFailure = (error: string) => error === NO_OVERLOAD

const MESSAGE_LIMIT = 5 * 1024

/** Undefined for a message that cannot be computed or shown: the rule's own message stands in. */
function messageOf(program: ParseResult | undefined, context: Record<string, unknown>): string | undefined {
  if (!program) return undefined
  try {
    const text: unknown = program(context)
    const trimmed = typeof text === 'string' ? text.trim() : ''
    return trimmed === '' || trimmed.length > MESSAGE_LIMIT || trimmed.includes('\n') ? undefined : trimmed
  } catch {
    // As the original: it notes the failure in its log.
    return undefined
  }
}

/** Runs a rule on converted values; `oldSelf` is undefined when there is none. */
export function evaluated(rule: CompiledRule, self: unknown, oldSelf: unknown): RuleOutcome {
  if (!rule.program) return { holds: false, error: `rule compile error: ${rule.error}` }
  const optional = rule.source.optionalOldSelf === true
  const past = oldSelf === undefined ? Optional.none() : Optional.of(oldSelf)
  const context = { self, oldSelf: optional ? past : oldSelf }
  try {
    const result: unknown = rule.program(context)
    if (result === true) return { holds: true }
    const message = messageOf(rule.messageProgram, context)
    return { holds: false, ...(message !== undefined && { message }) }
  } catch (error) {
    return { holds: false, error: evaluationFailure(error) }
  }
}
