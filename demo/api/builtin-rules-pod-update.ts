import { MAX_INT32, itemsAt, recordAt } from './builtin-rules-checks.ts'
import { forbiddenField, invalidValue, requiredValue } from './field-causes.ts'
import type { JsonRecord, KubeJson } from './json.ts'
import { isRecord, listAt, sameJson, textAt } from './json.ts'
import { isIP } from 'node:net'
import type { FieldCause } from './status.ts'

const CHANGEABLE = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
]
const LISTS = ['containers', 'initContainers'] as const

/** undefined when containers may be compared one by one. */
function countCauses(spec: JsonRecord, old: JsonRecord): FieldCause[] | undefined {
  for (const name of LISTS) {
    if (listAt(spec, name).length === listAt(old, name).length) continue
    return [forbiddenField(`spec.${name}`, 'pod updates may not add or remove containers')]
  }
  return undefined
}

function deadlineCauses(spec: JsonRecord, old: JsonRecord): FieldCause[] {
  const field = 'spec.activeDeadlineSeconds'
  const { activeDeadlineSeconds: now } = spec
  const { activeDeadlineSeconds: before } = old
  if (typeof now !== 'number') {
    const why = 'must not update from a positive integer to nil value'
    return before === undefined ? [] : [invalidValue(field, null, why)]
  }
  if (now < 0 || now > MAX_INT32) {
    return [invalidValue(field, now, `must be between 0 and ${MAX_INT32}, inclusive`)]
  }
  if (typeof before === 'number' && before < now) {
    return [invalidValue(field, now, 'must be less than or equal to previous value')]
  }
  return []
}

const withoutSeconds = (toleration: unknown): unknown =>
  isRecord(toleration) ? { ...toleration, tolerationSeconds: undefined } : toleration

function tolerationCauses(spec: JsonRecord, old: JsonRecord): FieldCause[] {
  const now = listAt(spec, 'tolerations').map(withoutSeconds)
  const missing = listAt(old, 'tolerations')
    .map(withoutSeconds)
    .some((one) => !now.some((other) => sameJson(one, other)))
  const why = 'existing toleration can not be modified except its tolerationSeconds'
  return missing ? [forbiddenField('spec.tolerations', why)] : []
}

function gateCauses(spec: JsonRecord, old: JsonRecord): FieldCause[] {
  const before = new Set(listAt(old, 'schedulingGates').map((gate) => textAt(gate, 'name')))
  return itemsAt(spec, 'schedulingGates', 'spec')
    .map(([gate, at]) => [textAt(gate, 'name'), at] as const)
    .filter(([name]) => !before.has(name))
    .map(([name, at]) =>
      forbiddenField(`${at}.name`, `only deletion is allowed, but found new scheduling gate '${name}'`),
    )
}

/** A specification without what may change, for comparison. */
function fixedParts(spec: JsonRecord, old: JsonRecord): JsonRecord {
  const images = (name: string) => {
    const before = listAt(old, name)
    return listAt(spec, name).map((one, index) =>
      isRecord(one) ? Object.assign({}, one, { image: textAt(before[index], 'image') }) : one,
    )
  }
  const { terminationGracePeriodSeconds: before } = old
  const shortened = spec.terminationGracePeriodSeconds === 1 && typeof before === 'number' && before < 0
  return {
    ...spec,
    containers: images('containers'),
    ...(spec.initContainers !== undefined && { initContainers: images('initContainers') }),
    activeDeadlineSeconds: undefined,
    tolerations: undefined,
    schedulingGates: undefined,
    ...(shortened && { terminationGracePeriodSeconds: before }),
  }
}

/** What a change of a pod's specification may not do; both are complete with their defaults. */
export function podUpdateCauses(spec: JsonRecord, old: JsonRecord): FieldCause[] {
  const counted = countCauses(spec, old)
  if (counted) return counted
  const images = LISTS.flatMap((name) =>
    itemsAt(spec, name, 'spec')
      .filter(([container]) => !textAt(container, 'image'))
      .map(([, at]) => requiredValue(`${at}.image`)),
  )
  const causes = [
    ...images,
    ...deadlineCauses(spec, old),
    ...tolerationCauses(spec, old),
    ...gateCauses(spec, old),
  ]
  if (sameJson(fixedParts(spec, old), fixedParts(old, old))) return causes
  return [
    ...causes,
    forbiddenField('spec', `pod updates may not change fields other than ${CHANGEABLE.join(',')}`),
  ]
}

/** What is wrong with a pod's status. */
export function podStatusCauses(pod: KubeJson): FieldCause[] {
  const status = recordAt(pod, 'status') ?? {}
  const why = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'
  return itemsAt(status, 'podIPs', 'status')
    .filter(([one]) => isIP(textAt(one, 'ip')) === 0)
    .map(([one, at]) => invalidValue(at, textAt(one, 'ip'), why))
}
