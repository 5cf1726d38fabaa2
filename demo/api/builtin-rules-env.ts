import { faultCauses, itemsAt, recordAt } from './builtin-rules-checks.ts'
import { configKeyFaults, dnsNameFaults, envNameFaults } from './builtin-rules-names.ts'
import { invalidValue, notSupported, requiredValue } from './field-causes.ts'
import type { JsonRecord } from './json.ts'
import { textAt } from './json.ts'
import { qualifiedNameFaults } from './qualified-name.ts'
import type { FieldCause } from './status.ts'

/** Fields of a pod that its environment can tell, and those that a file can. */
export const ENV_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
]
/** Fields that the original knows at all. */
const KNOWN = new Set([
  ...ENV_FIELDS,
  'metadata.annotations',
  'metadata.labels',
  'spec.restartPolicy',
  'status.phase',
])
const RESOURCES = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
]
const SUBSCRIPT = /^(metadata\.(?:annotations|labels))\['(.*)'\]$/

/** What is wrong with a reference to a field of the pod itself. */
export function fieldReferenceCauses(
  reference: JsonRecord,
  field: string,
  supported: readonly string[],
): FieldCause[] {
  const path = textAt(reference, 'fieldPath')
  if (!path) return [requiredValue(`${field}.fieldPath`)]
  const subscript = SUBSCRIPT.exec(path)
  if (subscript) {
    const [, map, key = ''] = subscript
    const name = map === 'metadata.annotations' ? key.toLowerCase() : key
    return faultCauses(field, name, qualifiedNameFaults(name))
  }
  if (!KNOWN.has(path)) {
    const why = `error converting fieldPath: field label not supported: ${path}`
    return [invalidValue(`${field}.fieldPath`, path, why)]
  }
  return supported.includes(path) ? [] : [notSupported(`${field}.fieldPath`, path, supported)]
}

/** What is wrong with a reference to a container's resources. */
export function resourceReferenceCauses(
  reference: JsonRecord,
  field: string,
  inVolume: boolean,
): FieldCause[] {
  const resource = textAt(reference, 'resource')
  if (inVolume && !textAt(reference, 'containerName')) return [requiredValue(`${field}.containerName`)]
  if (!resource) return [requiredValue(`${field}.resource`)]
  if (RESOURCES.includes(resource) || /^(limits|requests)\.hugepages-/.test(resource)) return []
  return [notSupported(`${field}.resource`, resource, RESOURCES)]
}

function keyCauses(reference: JsonRecord, field: string): FieldCause[] {
  const key = textAt(reference, 'key')
  return key ? faultCauses(`${field}.key`, key, configKeyFaults(key)) : [requiredValue(`${field}.key`)]
}

function secretKeyCauses(reference: JsonRecord, field: string): FieldCause[] {
  const name = textAt(reference, 'name')
  return [...faultCauses(`${field}.name`, name, dnsNameFaults(name)), ...keyCauses(reference, field)]
}

type Check = (reference: JsonRecord, field: string) => FieldCause[]

const SOURCES: Readonly<Record<string, Check>> = {
  fieldRef: (reference, field) => fieldReferenceCauses(reference, field, ENV_FIELDS),
  resourceFieldRef: (reference, field) => resourceReferenceCauses(reference, field, false),
  configMapKeyRef: secretKeyCauses,
  secretKeyRef: secretKeyCauses,
  fileKeyRef: () => [],
}

function sourceCauses(variable: JsonRecord, source: JsonRecord, field: string): FieldCause[] {
  const given = Object.entries(SOURCES).filter(([name]) => recordAt(source, name))
  const causes = given.flatMap(([name, check]) => check(recordAt(source, name) ?? {}, `${field}.${name}`))
  const refuse = (why: string) => [...causes, invalidValue(field, '', why)]
  if (given.length === 0) {
    return refuse(
      'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
    )
  }
  if (textAt(variable, 'value')) return refuse('may not be specified when `value` is not empty')
  return given.length > 1 ? refuse('may not have more than one field specified at a time') : causes
}

function variableCauses(container: JsonRecord, path: string): FieldCause[] {
  return itemsAt(container, 'env', path).flatMap(([variable, at]) => {
    const name = textAt(variable, 'name')
    const named = name ? faultCauses(`${at}.name`, name, envNameFaults(name)) : [requiredValue(`${at}.name`)]
    const source = recordAt(variable, 'valueFrom')
    return source ? named.concat(sourceCauses(variable, source, `${at}.valueFrom`)) : named
  })
}

function originCauses(container: JsonRecord, path: string): FieldCause[] {
  const field = `${path}.envFrom`
  return itemsAt(container, 'envFrom', path).flatMap(([origin, at]) => {
    const prefix = textAt(origin, 'prefix')
    const causes = prefix ? faultCauses(`${at}.prefix`, prefix, envNameFaults(prefix)) : []
    const given = ['configMapRef', 'secretRef'].filter((name) => recordAt(origin, name))
    for (const name of given) {
      if (!textAt(origin, name, 'name')) causes.push(requiredValue(`${at}.${name}.name`))
    }
    if (given.length === 0) {
      causes.push(invalidValue(field, '', 'must specify one of: `configMapRef` or `secretRef`'))
    } else if (given.length > 1) {
      causes.push(invalidValue(field, '', 'may not have more than one field specified at a time'))
    }
    return causes
  })
}

/** What is wrong with the environment of a container at `path`. */
export const envCauses = (container: JsonRecord, path: string): FieldCause[] => [
  ...variableCauses(container, path),
  ...originCauses(container, path),
]
