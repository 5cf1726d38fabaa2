import type { CompiledRule } from './cel-compile.ts'
import type { RuleOutcome } from './cel-evaluate.ts'
import { isOverloadFailure } from './cel-evaluate.ts'
import { duplicate, invalidCause } from './schema-causes.ts'
import type { SchemaNode } from './schema-node.ts'
import type { FieldCause } from './status.ts'

const NOWHERE = '<nil>'
const nameOf = ({ source }: CompiledRule) => source.message.trim() || source.rule.trim()

function failed(node: SchemaNode, rule: CompiledRule, error: string, field: string): FieldCause {
  if (error.startsWith('rule compile error')) return invalidCause(field, node.type, error)
  if (!isOverloadFailure(error)) {
    return invalidCause(field, node.type, `${error} evaluating rule: ${nameOf(rule)}`)
  }
  const why = `'${error}': call arguments did not match a supported operator, function or macro signature for rule: `
  return invalidCause(field, node.type, why + nameOf(rule))
}

/** A broken rule as the original reports it: objects and lists are not printed. */
export function brokenRule(
  node: SchemaNode,
  rule: CompiledRule,
  outcome: RuleOutcome,
  part: { value: unknown; field: string },
): FieldCause {
  if (outcome.error !== undefined) return failed(node, rule, outcome.error, part.field)
  const field = (part.field + rule.path).replace(/^\./, '') || NOWHERE
  const { source } = rule
  const detail = outcome.message ?? (source.message.trim() || `failed rule: ${source.rule.trim()}`)
  if (source.reason === 'FieldValueForbidden') {
    return { reason: source.reason, message: `Forbidden: ${detail}`, field }
  }
  if (source.reason === 'FieldValueRequired') {
    return { reason: source.reason, message: `Required value: ${detail}`, field }
  }
  const isWhole = node.type === 'object' || node.type === 'array'
  if (source.reason === 'FieldValueDuplicate') {
    return isWhole
      ? { reason: source.reason, message: 'Duplicate value', field }
      : duplicate(field, part.value)
  }
  if (!isWhole) return invalidCause(field, part.value, detail)
  return { reason: 'FieldValueInvalid', message: `Invalid value: ${detail}`, field }
}
