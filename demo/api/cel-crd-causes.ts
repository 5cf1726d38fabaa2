import type { CompiledRule, RuleCompiler } from './cel-compile.ts'
import { ruleCompiler } from './cel-compile.ts'
import { relativePath } from './cel-field-path.ts'
import { invalidValue, notSupported, requiredValue } from './field-causes.ts'
import type { KubeJson } from './json.ts'
import { listAt, sameJson, valueAt } from './json.ts'
import type { SchemaNode, ValidationRule } from './schema-node.ts'
import { schemaNode } from './schema-node.ts'
import type { FieldCause } from './status.ts'

const REASONS = ['FieldValueDuplicate', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueRequired']

/** A rule as Go prints it within an error. */
function printed(rule: ValidationRule): string {
  const text = JSON.stringify({
    Rule: rule.rule,
    Message: rule.message,
    MessageExpression: rule.messageExpression,
    Reason: rule.reason ?? null,
    FieldPath: rule.fieldPath,
    OptionalOldSelf: rule.optionalOldSelf ?? null,
  })
  return text.replaceAll(/[<>&]/g, (letter) => `\\u00${letter.codePointAt(0)?.toString(16)}`)
}

const invalidRule = (field: string, rule: ValidationRule, detail: string): FieldCause => ({
  reason: 'FieldValueInvalid',
  message: `Invalid value: ${printed(rule)}: ${detail}`,
  field,
})

function textCauses(rule: ValidationRule, field: string): FieldCause[] {
  const [source, message] = [rule.rule.trim(), rule.message.trim()]
  if (source === '') return [requiredValue(`${field}.rule`, 'rule is not specified')]
  if (rule.message !== '' && message === '') {
    return [invalidValue(`${field}.message`, rule.message, 'must be non-empty if specified')]
  }
  if (/[\n\r]/.test(message))
    return [invalidValue(`${field}.message`, rule.message, 'must not contain line breaks')]
  if (/[\n\r]/.test(source) && message === '') {
    return [requiredValue(`${field}.message`, 'message must be specified if rule contains line breaks')]
  }
  return []
}

/** What is wrong with how a rule is given; what is wrong with its expressions is told only when nothing else is. */
function formCauses(node: SchemaNode, rule: ValidationRule, field: string): FieldCause[] {
  const causes = textCauses(rule, field)
  if (rule.messageExpression !== '' && rule.messageExpression.trim() === '') {
    causes.push(
      requiredValue(`${field}.messageExpression`, 'messageExpression must be non-empty if specified'),
    )
  }
  if (rule.reason !== undefined && !REASONS.includes(rule.reason)) {
    causes.push(notSupported(`${field}.reason`, rule.reason, REASONS))
  }
  if (rule.fieldPath !== '' && relativePath(rule.fieldPath, node) === undefined) {
    causes.push(invalidValue(`${field}.fieldPath`, rule.fieldPath, 'must be a valid path'))
  }
  return causes
}

function expressionCauses(compiled: CompiledRule, field: string, uncorrelatable: string): FieldCause[] {
  const { source } = compiled
  const causes: FieldCause[] = []
  if (compiled.error) causes.push(invalidRule(`${field}.rule`, source, compiled.error))
  if (compiled.messageError) {
    causes.push(invalidRule(`${field}.messageExpression`, source, compiled.messageError))
  }
  if (compiled.usesOldSelf && !compiled.error && uncorrelatable) {
    const why = `oldSelf cannot be used on the uncorrelatable portion of the schema within ${uncorrelatable}`
    causes.push(invalidValue(`${field}.rule`, source.rule, why))
  }
  if (!compiled.usesOldSelf && source.optionalOldSelf !== undefined) {
    const why = 'may not be set if oldSelf is not used in rule'
    causes.push(invalidValue(`${field}.optionalOldSelf`, source.optionalOldSelf, why))
  }
  return causes
}

interface Found {
  form: FieldCause[]
  expressions: FieldCause[]
}

/** `uncorrelatable` is the path of the list around whose items cannot be found again after a change; '' without one. */
function nodeCauses(
  compiler: RuleCompiler,
  node: SchemaNode,
  path: string,
  uncorrelatable: string,
  isRoot: boolean,
): Found {
  const inner: Found[] = []
  const visit = (one: SchemaNode | undefined, at: string, lost: string) => {
    if (one) inner.push(nodeCauses(compiler, one, at, lost, one.embedded))
  }
  visit(
    typeof node.additional === 'object' ? node.additional : undefined,
    `${path}.additionalProperties`,
    uncorrelatable,
  )
  for (const [name, property] of node.properties)
    visit(property, `${path}.properties[${name}]`, uncorrelatable)
  const lost = node.listType === 'map' ? '' : path
  visit(node.items, `${path}.items`, uncorrelatable || lost)
  const at = (index: number) => `${path}.x-kubernetes-validations[${index}]`
  const form = [
    ...inner.flatMap((one) => one.form),
    ...node.rules.flatMap((rule, index) => formCauses(node, rule, at(index))),
  ]
  const compiled = form.length > 0 ? [] : compiler.compile(node, isRoot)
  const expressions = [
    ...inner.flatMap((one) => one.expressions),
    ...compiled.flatMap((rule, index) => expressionCauses(rule, at(index), uncorrelatable)),
  ]
  return { form, expressions }
}

/** The rules of a CustomResourceDefinition that could never run, in the original's words. */
export function ruleFaults(crd: KubeJson, old: KubeJson | undefined): FieldCause[] {
  if (old && sameJson(old.spec, crd.spec)) return []
  const schemas = listAt(crd, 'spec', 'versions').map((one) => valueAt(one, 'schema', 'openAPIV3Schema'))
  const alike = schemas.every((one) => sameJson(one, schemas[0]))
  return schemas.slice(0, alike ? 1 : undefined).flatMap((schema, index) => {
    if (schema === undefined) return []
    const node = schemaNode(schema)
    const path = alike ? 'spec.validation.openAPIV3Schema' : `spec.versions[${index}].schema.openAPIV3Schema`
    const { form, expressions } = nodeCauses(ruleCompiler(node), node, path, '', true)
    return form.concat(expressions)
  })
}
