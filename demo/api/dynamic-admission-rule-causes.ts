import { invalidValue, notSupported, requiredValue } from './field-causes.ts'
import { listAt, valueAt } from './json.ts'
import type { FieldCause } from './status.ts'

const OPERATIONS = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE']
const SCOPES = ['*', 'Cluster', 'Namespaced']

/** A list that must not be empty and in which `*` stands alone. */
function wildcardCauses(field: string, list: readonly unknown[], others: string): FieldCause[] {
  if (list.length === 0) return [requiredValue(field)]
  if (list.length < 2 || !list.includes('*')) return []
  return [invalidValue(field, list, `if '*' is present, must not specify other ${others}`)]
}

const emptyOnes = (field: string, list: readonly unknown[]) =>
  list.flatMap((one, index) => (one === '' ? [requiredValue(`${field}[${index}]`)] : []))

function resourceCauses(field: string, list: readonly unknown[]): FieldCause[] {
  if (list.length === 0) return [requiredValue(field)]
  const causes: FieldCause[] = []
  const wholeResources = new Set<string>()
  const wholeSubresources = new Set<string>()
  let plain = false
  for (const [index, one] of list.entries()) {
    const text = String(one)
    const at = `${field}[${index}]`
    const [resource = '', sub] = text.split('/', 2)
    if (text === '') causes.push(requiredValue(at))
    else if (sub === undefined) plain = text !== '*'
    else {
      if (wholeResources.has(resource)) {
        causes.push(invalidValue(at, text, `if '${resource}/*' is present, must not specify ${text}`))
      }
      if (wholeSubresources.has(sub)) {
        causes.push(invalidValue(at, text, `if '*/${sub}' is present, must not specify ${text}`))
      }
      if (sub === '*') wholeResources.add(resource)
      if (resource === '*') wholeSubresources.add(sub)
    }
  }
  if (list.length > 1 && list.includes('*/*')) {
    causes.push(invalidValue(field, list, "if '*/*' is present, must not specify other resources"))
  }
  if (list.includes('*') && plain) {
    const why = "if '*' is present, must not specify other resources without subresources"
    causes.push(invalidValue(field, list, why))
  }
  return causes
}

function scopeCauses(field: string, scope: unknown): FieldCause[] {
  if (scope === undefined || (typeof scope === 'string' && SCOPES.includes(scope))) return []
  return [notSupported(field, scope, SCOPES)]
}

/** What is wrong with one rule of a webhook. */
export function ruleCauses(rule: unknown, field: string): FieldCause[] {
  const operations = listAt(rule, 'operations')
  const groups = listAt(rule, 'apiGroups')
  const versions = listAt(rule, 'apiVersions')
  return [
    ...wildcardCauses(`${field}.operations`, operations, 'operations'),
    ...operations.flatMap((one, index) =>
      OPERATIONS.includes(String(one))
        ? []
        : [notSupported(`${field}.operations[${index}]`, one, OPERATIONS)],
    ),
    ...wildcardCauses(`${field}.apiGroups`, groups, 'API groups'),
    ...wildcardCauses(`${field}.apiVersions`, versions, 'API versions'),
    ...emptyOnes(`${field}.apiVersions`, versions),
    ...resourceCauses(`${field}.resources`, listAt(rule, 'resources')),
    ...scopeCauses(`${field}.scope`, valueAt(rule, 'scope')),
  ]
}
