import type { ParseResult } from '@marcbachmann/cel-js'
import type { AdmissionRequest } from './admission.ts'
import { compileExpression, expressionEnvironment } from './cel-compile.ts'
import { evaluationFailure } from './cel-evaluate.ts'
import { typeDeclarations } from './cel-types.ts'
import type { Webhook } from './dynamic-admission-config.ts'
import { reviewOf } from './dynamic-admission-review.ts'
import { isRecord } from './json.ts'
import { schemaNode } from './schema-node.ts'
import { forbidden } from './status.ts'

const text = { type: 'string' }
const texts = { type: 'array', items: text }
const members = (...names: string[]) => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, text])),
})

/** AdmissionRequest as conditions see it; its objects are variables of their own. */
const REQUEST = schemaNode({
  type: 'object',
  properties: {
    ...members('subResource', 'requestSubResource', 'name', 'namespace', 'operation').properties,
    kind: members('group', 'version', 'kind'),
    resource: members('group', 'version', 'resource'),
    requestKind: members('group', 'version', 'kind'),
    requestResource: members('group', 'version', 'resource'),
    userInfo: {
      type: 'object',
      properties: {
        username: text,
        uid: text,
        groups: texts,
        extra: { type: 'object', additionalProperties: texts },
      },
    },
    dryRun: { type: 'boolean' },
  },
})

function conditionEnvironment() {
  const environment = expressionEnvironment()
  const type = typeDeclarations(environment, (name) => name).of(REQUEST, false)
  if (!type) throw new Error('the type of admission requests cannot be declared')
  environment
    .registerVariable('object', 'dyn')
    .registerVariable('oldObject', 'dyn')
    .registerVariable('request', type.name)
  return { environment, convert: type.convert }
}
const { environment: ENVIRONMENT, convert: convertRequest } = conditionEnvironment()

/** Why a condition can never be asked, in the original's words; '' when it can. */
export const conditionFault = (expression: string): string =>
  compileExpression(ENVIRONMENT, expression, 'bool').error.replace(
    'cel expression must evaluate to a bool',
    'must evaluate to bool',
  )

const programs = new Map<string, ParseResult | undefined>()

function programOf(expression: string): ParseResult | undefined {
  if (!programs.has(expression)) {
    programs.set(expression, compileExpression(ENVIRONMENT, expression, 'bool').program)
  }
  return programs.get(expression)
}

/** JSON as CEL sees it without a schema: whole numbers are integers. */
function dynamic(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value
  if (Array.isArray(value)) return value.map(dynamic)
  if (!isRecord(value)) return value ?? null
  return new Map(Object.entries(value).map(([name, member]) => [name, dynamic(member)]))
}

/**
 * Whether the matchConditions of a webhook let it be asked: all must hold. Throws 403 when one that decides cannot be
 * computed, unless failures of the webhook are ignored, which skips it.
 */
export function meetsConditions(webhook: Webhook, request: AdmissionRequest): boolean {
  if (webhook.conditions.length === 0) return true
  const review = reviewOf(request, '', 'v1').request
  const context = {
    object: dynamic(request.object),
    oldObject: dynamic(request.old),
    request: convertRequest(review),
  }
  const failures: string[] = []
  for (const { expression } of webhook.conditions) {
    try {
      const holds: unknown = programOf(expression)?.(context)
      if (holds !== true) return false
    } catch (error) {
      failures.push(`expression '${expression}' resulted in error: ${evaluationFailure(error)}`)
    }
  }
  if (failures.length === 0) return true
  if (webhook.failurePolicy === 'Ignore') return false
  const [first = ''] = failures
  throw forbidden(request.resource, request.name, failures.length > 1 ? `[${failures.join(', ')}]` : first)
}
