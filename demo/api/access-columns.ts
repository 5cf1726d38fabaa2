import { AGE, NAME, text, wholeNumber } from './columns.ts'
import type { KubeJson } from './json.ts'
import { isRecord, listAt, numberAt, textAt, valueAt } from './json.ts'
import type { Column } from './resource.ts'

const sizeOf = (value: unknown) => (isRecord(value) ? Object.keys(value).length : 0)

export const configMapColumns: readonly Column[] = [
  NAME,
  text('Data', (object) => sizeOf(object.data) + sizeOf(object.binaryData)),
  AGE,
]

export const secretColumns: readonly Column[] = [
  NAME,
  text('Type', (object) => textAt(object, 'type')),
  text('Data', (object) => sizeOf(object.data)),
  AGE,
]

const subjects = (binding: KubeJson, kind: string, withNamespace = false) =>
  listAt(binding, 'subjects')
    .filter((one) => textAt(one, 'kind') === kind)
    .map((one) => `${withNamespace ? `${textAt(one, 'namespace')}/` : ''}${textAt(one, 'name')}`)
    .join(', ')

export const bindingColumns: readonly Column[] = [
  NAME,
  text('Role', (object) => `${textAt(object, 'roleRef', 'kind')}/${textAt(object, 'roleRef', 'name')}`),
  AGE,
  text('Users', (object) => subjects(object, 'User'), 1),
  text('Groups', (object) => subjects(object, 'Group'), 1),
  text('ServiceAccounts', (object) => subjects(object, 'ServiceAccount', true), 1),
]

const healthy = (object: KubeJson) =>
  listAt(object, 'conditions').find((one) => textAt(one, 'type') === 'Healthy')
const HEALTH: Readonly<Record<string, string>> = { True: 'Healthy', False: 'Unhealthy' }

export const componentColumns: readonly Column[] = [
  NAME,
  text('Status', (object) => HEALTH[textAt(healthy(object), 'status')] ?? 'Unknown'),
  text('Message', (object) => textAt(healthy(object), 'message')),
  text('Error', (object) => textAt(healthy(object), 'error')),
]

export const leaseColumns: readonly Column[] = [
  NAME,
  text('Holder', (object) => textAt(object, 'spec', 'holderIdentity')),
  AGE,
]

/** `requests.cpu: 1/2, …`: those of limits, or all others. */
function quotas(quota: KubeJson, limits: boolean): string {
  const hard = valueAt(quota, 'status', 'hard')
  return Object.entries(isRecord(hard) ? hard : {})
    .filter(([name]) => name.startsWith('limits.') === limits)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, most]) => `${name}: ${textAt(quota, 'status', 'used', name) || '0'}/${String(most)}`)
    .join(', ')
}

export const quotaColumns: readonly Column[] = [
  NAME,
  text('Request', (object) => quotas(object, false)),
  text('Limit', (object) => quotas(object, true)),
  AGE,
]

function amount(value: unknown): string {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : 'N/A'
}

export const disruptionBudgetColumns: readonly Column[] = [
  NAME,
  text('Min Available', (object) => amount(valueAt(object, 'spec', 'minAvailable'))),
  text('Max Unavailable', (object) => amount(valueAt(object, 'spec', 'maxUnavailable'))),
  wholeNumber('Allowed Disruptions', (object) => numberAt(object, 'status', 'disruptionsAllowed')),
  AGE,
]

export const priorityClassColumns: readonly Column[] = [
  NAME,
  wholeNumber('Value', (object) => numberAt(object, 'value')),
  { ...text('Global-Default', (object) => valueAt(object, 'globalDefault') === true), type: 'boolean' },
  AGE,
  text('PreemptionPolicy', (object) => textAt(object, 'preemptionPolicy'), 1),
]

function available(service: KubeJson): string {
  const found = listAt(service, 'status', 'conditions').find((one) => textAt(one, 'type') === 'Available')
  if (found === undefined) return 'Unknown'
  const status = textAt(found, 'status')
  const reason = textAt(found, 'reason')
  return status !== 'True' && reason ? `${status} (${reason})` : status
}

export const apiServiceColumns: readonly Column[] = [
  NAME,
  text('Service', (object) => {
    const service = valueAt(object, 'spec', 'service')
    return isRecord(service) ? `${textAt(service, 'namespace')}/${textAt(service, 'name')}` : 'Local'
  }),
  text('Available', available),
  AGE,
]
