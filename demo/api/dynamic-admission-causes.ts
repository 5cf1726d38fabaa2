import { clientCauses } from './dynamic-admission-client-causes.ts'
import { conditionFault } from './dynamic-admission-conditions.ts'
import { ruleCauses } from './dynamic-admission-rule-causes.ts'
import { invalidValue, notSupported, requiredValue } from './field-causes.ts'
import type { KubeJson } from './json.ts'
import { listAt, textAt, valueAt } from './json.ts'
import type { FieldCause } from './status.ts'

const REVIEW_VERSIONS = ['v1', 'v1beta1']
const NO_SIDE_EFFECTS = ['None', 'NoneOnDryRun']
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/

function nameCauses(field: string, name: string): FieldCause[] {
  if (name === '') return [requiredValue(field)]
  const segments = name.split('.')
  if (!segments.every((segment) => LABEL.test(segment))) {
    const rule =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start " +
      "and end with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
      String.raw`'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`
    return [invalidValue(field, name, rule)]
  }
  if (segments.length >= 3) return []
  return [invalidValue(field, name, 'should be a domain with at least three segments separated by dots')]
}

function choice(field: string, value: unknown, supported: readonly string[]): FieldCause[] {
  if (value === undefined || (typeof value === 'string' && supported.includes(value))) return []
  return [notSupported(field, value, supported)]
}

function sideEffectCauses(field: string, value: unknown): FieldCause[] {
  if (value !== undefined) return choice(field, value, NO_SIDE_EFFECTS)
  return [requiredValue(field, `must specify one of ${NO_SIDE_EFFECTS.join(', ')}`)]
}

function timeoutCauses(field: string, value: unknown): FieldCause[] {
  if (typeof value !== 'number' || (value >= 1 && value <= 30)) return []
  return [invalidValue(field, value, 'the timeout value must be between 1 and 30 seconds')]
}

function versionCauses(field: string, versions: readonly unknown[]): FieldCause[] {
  const accepted = REVIEW_VERSIONS.join(', ')
  if (versions.length === 0) return [requiredValue(field, `must specify one of ${accepted}`)]
  const causes = versions.flatMap((one, index) =>
    versions.indexOf(one) < index ? [invalidValue(`${field}[${index}]`, one, 'duplicate version')] : [],
  )
  if (versions.some((one) => REVIEW_VERSIONS.includes(String(one)))) return causes
  return [...causes, invalidValue(field, versions, `must include at least one of ${accepted}`)]
}

const QUALIFIED =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric " +
  "character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is " +
  "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"

function conditionCauses(field: string, conditions: readonly unknown[]): FieldCause[] {
  const names = conditions.map((one) => textAt(one, 'name'))
  return conditions.flatMap((one, index) => {
    const [name, expression] = [textAt(one, 'name'), textAt(one, 'expression').trim()]
    const at = `${field}[${index}]`
    const fault = expression === '' ? '' : conditionFault(expression)
    const causes: FieldCause[] = []
    if (expression === '') causes.push(requiredValue(`${at}.expression`))
    if (fault) causes.push(invalidValue(`${at}.expression`, expression, fault))
    if (name === '') causes.push(requiredValue(`${at}.name`))
    else if (!/^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/.test(name.replace(/^[a-z0-9.-]+\//, ''))) {
      causes.push(invalidValue(`${at}.name`, name, QUALIFIED))
    }
    if (name !== '' && names.indexOf(name) < index) causes.push(duplicateName(`${at}.name`, name))
    return causes
  })
}

const duplicateName = (field: string, name: string): FieldCause => ({
  reason: 'FieldValueDuplicate',
  message: `Duplicate value: ${JSON.stringify(name)}`,
  field,
})

function webhookCauses(webhook: unknown, field: string): FieldCause[] {
  const at = (name: string) => `${field}.${name}`
  return [
    ...nameCauses(at('name'), textAt(webhook, 'name')),
    ...listAt(webhook, 'rules').flatMap((rule, index) => ruleCauses(rule, `${at('rules')}[${index}]`)),
    ...choice(at('failurePolicy'), valueAt(webhook, 'failurePolicy'), ['Fail', 'Ignore']),
    ...choice(at('matchPolicy'), valueAt(webhook, 'matchPolicy'), ['Equivalent', 'Exact']),
    ...sideEffectCauses(at('sideEffects'), valueAt(webhook, 'sideEffects')),
    ...timeoutCauses(at('timeoutSeconds'), valueAt(webhook, 'timeoutSeconds')),
    ...clientCauses(valueAt(webhook, 'clientConfig'), at('clientConfig')),
    ...conditionCauses(at('matchConditions'), listAt(webhook, 'matchConditions')),
    ...choice(at('reinvocationPolicy'), valueAt(webhook, 'reinvocationPolicy'), ['IfNeeded', 'Never']),
    ...versionCauses(at('admissionReviewVersions'), listAt(webhook, 'admissionReviewVersions')),
  ]
}

/** What is wrong with a webhook configuration, in the original's words and order. */
export function configurationCauses(configuration: KubeJson): FieldCause[] {
  const webhooks = listAt(configuration, 'webhooks')
  const names = webhooks.map((one) => textAt(one, 'name'))
  return webhooks.flatMap((webhook, index) => {
    const field = `webhooks[${index}]`
    const name = names[index] ?? ''
    const causes = webhookCauses(webhook, field)
    if (name === '' || names.indexOf(name) === index) return causes
    return causes.concat(duplicateName(`${field}.name`, name))
  })
}
