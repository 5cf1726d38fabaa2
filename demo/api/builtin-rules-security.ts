import { MAX_INT32, itemsAt, rangeCauses, recordAt, supportedCauses } from './builtin-rules-checks.ts'
import { descendingPathCauses } from './builtin-rules-names.ts'
import { duplicateValue, invalidValue, requiredValue } from './field-causes.ts'
import type { JsonRecord } from './json.ts'
import { listAt, textAt } from './json.ts'
import type { FieldCause } from './status.ts'

const SYSCTL = /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/
const SYSCTL_RULE =
  'must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$'

const idCauses = (context: JsonRecord, path: string, names: readonly string[]) =>
  names.flatMap((name) => rangeCauses(`${path}.${name}`, context[name], 0, MAX_INT32))

function seccompCauses(context: JsonRecord, path: string): FieldCause[] {
  const profile = recordAt(context, 'seccompProfile')
  if (!profile) return []
  const at = `${path}.seccompProfile`
  const local = textAt(profile, 'localhostProfile')
  const types = ['Localhost', 'RuntimeDefault', 'Unconfined']
  const causes = supportedCauses(`${at}.type`, profile.type, types)
  if (profile.type === 'Localhost') {
    const missing = requiredValue(`${at}.localhostProfile`, 'must be set when seccomp type is Localhost')
    return [...causes, ...(local ? descendingPathCauses(`${at}.localhostProfile`, local) : [missing])]
  }
  return causes
}

function sysctlCauses(context: JsonRecord, path: string): FieldCause[] {
  const names = new Set<string>()
  return itemsAt(context, 'sysctls', path).flatMap(([sysctl, at]) => {
    const name = textAt(sysctl, 'name')
    const known = names.has(name)
    names.add(name)
    if (!name) return [requiredValue(`${at}.name`)]
    if (name.length > 253 || !SYSCTL.test(name)) return [invalidValue(`${at}.name`, name, SYSCTL_RULE)]
    return known ? [duplicateValue(`${at}.name`, name)] : []
  })
}

/** What is wrong with the security context of a pod. */
export function podSecurityCauses(spec: JsonRecord, specPath: string): FieldCause[] {
  const context = recordAt(spec, 'securityContext')
  if (!context) return []
  const path = `${specPath}.securityContext`
  const groups = listAt(context, 'supplementalGroups').flatMap((group, index) =>
    rangeCauses(`${path}.supplementalGroups[${index}]`, group, 0, MAX_INT32),
  )
  return [
    ...idCauses(context, path, ['fsGroup', 'runAsUser', 'runAsGroup']),
    ...groups,
    ...sysctlCauses(context, path),
    ...supportedCauses(`${path}.fsGroupChangePolicy`, context.fsGroupChangePolicy, [
      'Always',
      'OnRootMismatch',
    ]),
    ...seccompCauses(context, path),
  ]
}

/** What is wrong with the security context of a container. */
export function containerSecurityCauses(container: JsonRecord, containerPath: string): FieldCause[] {
  const context = recordAt(container, 'securityContext')
  if (!context) return []
  const path = `${containerPath}.securityContext`
  const refuse = (what: string) =>
    invalidValue(path, context, `cannot set \`allowPrivilegeEscalation\` to false and ${what}`)
  const held = context.allowPrivilegeEscalation === false
  const added = listAt(context, 'capabilities', 'add')
  return [
    ...idCauses(context, path, ['runAsUser', 'runAsGroup']),
    ...supportedCauses(`${path}.procMount`, context.procMount, ['Default', 'Unmasked']),
    ...seccompCauses(context, path),
    ...(held && context.privileged === true ? [refuse('`privileged` to true')] : []),
    ...(held && added.includes('CAP_SYS_ADMIN') ? [refuse('`capabilities.Add` CAP_SYS_ADMIN')] : []),
  ]
}
