import { faultCauses, itemsAt, recordAt, supportedCauses, together } from './builtin-rules-checks.ts'
import { forbiddenField, invalidValue, notSupported, requiredValue } from './field-causes.ts'
import type { JsonRecord } from './json.ts'
import { listAt, textAt } from './json.ts'
import { labelValueFaults, qualifiedNameFaults } from './qualified-name.ts'
import type { FieldCause } from './status.ts'

export const TAINT_EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

/** What is wrong with a map of labels that is not an object's own. */
export function labelCauses(labels: unknown, field: string): FieldCause[] {
  const entries = typeof labels === 'object' && labels !== null ? Object.entries(labels) : []
  return entries.flatMap(([key, value]) => {
    const text = String(value)
    return together(
      faultCauses(field, key, qualifiedNameFaults(key)),
      faultCauses(field, text, labelValueFaults(text)),
    )
  })
}

function tolerationCauses(toleration: JsonRecord, at: string): FieldCause[] {
  const key = textAt(toleration, 'key')
  const operator = textAt(toleration, 'operator')
  const value = textAt(toleration, 'value')
  const effect = textAt(toleration, 'effect')
  const causes = key ? faultCauses(`${at}.key`, key, qualifiedNameFaults(key)) : []
  if (!key && operator !== 'Exists') {
    const why = 'operator must be Exists when `key` is empty, which means "match all values and all keys"'
    causes.push(invalidValue(`${at}.operator`, operator, why))
  }
  if (typeof toleration.tolerationSeconds === 'number' && effect !== 'NoExecute') {
    const why = "effect must be 'NoExecute' when `tolerationSeconds` is set"
    causes.push(invalidValue(`${at}.effect`, effect, why))
  }
  if (operator === 'Exists') {
    const why = "value must be empty when `operator` is 'Exists'"
    if (value) causes.push(invalidValue(`${at}.operator`, value, why))
  } else if (operator === 'Equal' || operator === '') {
    causes.push(...faultCauses(`${at}.operator`, value, labelValueFaults(value)))
  } else causes.push(notSupported(`${at}.operator`, operator, ['Equal', 'Exists']))
  return effect ? causes.concat(supportedCauses(`${at}.effect`, effect, TAINT_EFFECTS)) : causes
}

function requirementCauses(requirement: JsonRecord, at: string): FieldCause[] {
  const operator = textAt(requirement, 'operator')
  const values = listAt(requirement, 'values')
  const key = textAt(requirement, 'key')
  const causes = faultCauses(`${at}.key`, key, qualifiedNameFaults(key))
  const field = `${at}.values`
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0)
      causes.push(requiredValue(field, "must be specified when `operator` is 'In' or 'NotIn'"))
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    const why = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"
    if (values.length > 0) causes.push(forbiddenField(field, why))
  } else if (operator === 'Gt' || operator === 'Lt') {
    const why = "must be specified single value when `operator` is 'Lt' or 'Gt'"
    if (values.length !== 1) causes.push(requiredValue(field, why))
  } else causes.push(invalidValue(`${at}.operator`, operator, 'not a valid selector operator'))
  return causes
}

const termCauses = (term: JsonRecord, at: string): FieldCause[] =>
  itemsAt(term, 'matchExpressions', at).flatMap(([requirement, field]) =>
    requirementCauses(requirement, field),
  )

const DURING = 'DuringSchedulingIgnoredDuringExecution'

function nodeAffinityCauses(affinity: JsonRecord, at: string): FieldCause[] {
  const required = recordAt(affinity, `required${DURING}`)
  const field = `${at}.required${DURING}`
  const terms = required ? itemsAt(required, 'nodeSelectorTerms', field) : []
  const missing =
    required && terms.length === 0
      ? [requiredValue(`${field}.nodeSelectorTerms`, 'must have at least one node selector term')]
      : []
  const preferred = itemsAt(affinity, `preferred${DURING}`, at).flatMap(([term, path]) =>
    together(weightCauses(term, path), termCauses(recordAt(term, 'preference') ?? {}, `${path}.preference`)),
  )
  return [...missing, ...terms.flatMap(([term, path]) => termCauses(term, path)), ...preferred]
}

const weightCauses = (term: JsonRecord, at: string): FieldCause[] =>
  typeof term.weight === 'number' && term.weight >= 1 && term.weight <= 100
    ? []
    : [invalidValue(`${at}.weight`, term.weight, 'must be in the range 1-100')]

function podTermCauses(term: JsonRecord, at: string): FieldCause[] {
  const key = textAt(term, 'topologyKey')
  const missing = key ? [] : [requiredValue(`${at}.topologyKey`, 'can not be empty')]
  return [...missing, ...faultCauses(`${at}.topologyKey`, key, qualifiedNameFaults(key))]
}

function podAffinityCauses(affinity: JsonRecord, at: string): FieldCause[] {
  const required = itemsAt(affinity, `required${DURING}`, at).flatMap(([term, path]) =>
    podTermCauses(term, path),
  )
  const preferred = itemsAt(affinity, `preferred${DURING}`, at).flatMap(([term, path]) =>
    together(
      weightCauses(term, path),
      podTermCauses(recordAt(term, 'podAffinityTerm') ?? {}, `${path}.podAffinityTerm`),
    ),
  )
  return [...required, ...preferred]
}

function affinityCauses(spec: JsonRecord, path: string): FieldCause[] {
  const affinity = recordAt(spec, 'affinity') ?? {}
  const node = recordAt(affinity, 'nodeAffinity')
  return [
    ...(node ? nodeAffinityCauses(node, `${path}.affinity.nodeAffinity`) : []),
    ...['podAffinity', 'podAntiAffinity'].flatMap((name) => {
      const found = recordAt(affinity, name)
      return found ? podAffinityCauses(found, `${path}.affinity.${name}`) : []
    }),
  ]
}

function spreadCauses(spec: JsonRecord, path: string): FieldCause[] {
  return itemsAt(spec, 'topologySpreadConstraints', path).flatMap(([constraint, at]) => {
    const { maxSkew } = constraint
    const wrongSkew = typeof maxSkew !== 'number' || maxSkew <= 0
    return together(
      wrongSkew ? [invalidValue(`${at}.maxSkew`, maxSkew, 'must be greater than zero')] : [],
      textAt(constraint, 'topologyKey') ? [] : [requiredValue(`${at}.topologyKey`, 'can not be empty')],
      supportedCauses(`${at}.whenUnsatisfiable`, constraint.whenUnsatisfiable, [
        'DoNotSchedule',
        'ScheduleAnyway',
      ]),
    )
  })
}

/** What is wrong with where a pod may run. */
export const schedulingCauses = (spec: JsonRecord, path: string): FieldCause[] => [
  ...labelCauses(spec.nodeSelector, `${path}.nodeSelector`),
  ...itemsAt(spec, 'tolerations', path).flatMap(([toleration, at]) => tolerationCauses(toleration, at)),
  ...affinityCauses(spec, path),
  ...spreadCauses(spec, path),
  ...itemsAt(spec, 'schedulingGates', path).flatMap(([gate, at]) => {
    const name = textAt(gate, 'name')
    return faultCauses(at, name, qualifiedNameFaults(name))
  }),
]

/** Warnings about terms that select no pod at all. */
export function schedulingWarnings(spec: JsonRecord, path: string): string[] {
  const affinity = recordAt(spec, 'affinity') ?? {}
  const none = (at: string) => `${at}.labelSelector: a null labelSelector results in matching no pod`
  return ['podAffinity', 'podAntiAffinity'].flatMap((name) => {
    const found = recordAt(affinity, name) ?? {}
    const at = `${path}.affinity.${name}`
    const required = itemsAt(found, `required${DURING}`, at)
    const preferred = itemsAt(found, `preferred${DURING}`, at).map(
      ([term, field]) => [recordAt(term, 'podAffinityTerm') ?? {}, `${field}.podAffinityTerm`] as const,
    )
    return [...required, ...preferred].flatMap(([term, field]) =>
      recordAt(term, 'labelSelector') ? [] : [none(field)],
    )
  })
}
