import { faultCauses, itemsAt, supportedCauses, together } from './builtin-rules-checks.ts'
import { envCauses } from './builtin-rules-env.ts'
import { dnsLabelFaults, portCauses, portNameFaults } from './builtin-rules-names.ts'
import { hostPortCauses } from './builtin-rules-pod-network.ts'
import { forbiddenProbes, probesCauses } from './builtin-rules-probes.ts'
import { resourceCauses } from './builtin-rules-resources.ts'
import { containerSecurityCauses } from './builtin-rules-security.ts'
import { mountCauses } from './builtin-rules-volumes.ts'
import { duplicateValue, invalidValue, notSupported, requiredValue } from './field-causes.ts'
import type { JsonRecord } from './json.ts'
import { textAt } from './json.ts'
import type { FieldCause } from './status.ts'

/** What containers depend on. */
export interface ContainerContext {
  /** Names of the pod's volumes. */
  volumes: ReadonlySet<string>
  /** The pod's time to end, in seconds. */
  grace: number
}

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never']
const MESSAGE_POLICIES = ['File', 'FallbackToLogsOnError']
const RESTART_POLICIES = ['Always', 'Never', 'OnFailure']
const PROTOCOLS = ['SCTP', 'TCP', 'UDP']

function portsCauses(container: JsonRecord, path: string): FieldCause[] {
  const names = new Set<string>()
  return itemsAt(container, 'ports', path).flatMap(([port, at]) => {
    const name = textAt(port, 'name')
    const faults = name ? portNameFaults(name) : []
    const causes = faultCauses(`${at}.name`, name, faults)
    if (name && faults.length === 0 && names.has(name)) causes.push(duplicateValue(`${at}.name`, name))
    names.add(name)
    if (!port.containerPort) causes.push(requiredValue(`${at}.containerPort`))
    else causes.push(...portCauses(`${at}.containerPort`, port.containerPort))
    if (port.hostPort) causes.push(...portCauses(`${at}.hostPort`, port.hostPort))
    return causes.concat(supportedCauses(`${at}.protocol`, port.protocol, PROTOCOLS))
  })
}

function resizeCauses(container: JsonRecord, path: string): FieldCause[] {
  const field = `${path}.resizePolicy`
  return itemsAt(container, 'resizePolicy', path).flatMap(([policy]) =>
    together(
      supportedCauses(field, policy.resourceName, ['cpu', 'memory']),
      supportedCauses(field, policy.restartPolicy, ['NotRequired', 'RestartContainer']),
    ),
  )
}

function commonCauses(container: JsonRecord, path: string, context: ContainerContext): FieldCause[] {
  const name = textAt(container, 'name')
  const image = textAt(container, 'image')
  const blank = image !== image.trim()
  return [
    ...(name ? faultCauses(`${path}.name`, name, dnsLabelFaults(name)) : [requiredValue(`${path}.name`)]),
    ...(image ? [] : [requiredValue(`${path}.image`)]),
    ...(blank ? [invalidValue(`${path}.image`, image, 'must not have leading or trailing whitespace')] : []),
    ...supportedCauses(
      `${path}.terminationMessagePolicy`,
      container.terminationMessagePolicy,
      MESSAGE_POLICIES,
    ),
    ...portsCauses(container, path),
    ...envCauses(container, path),
    ...mountCauses(container, path, context.volumes),
    ...supportedCauses(`${path}.imagePullPolicy`, container.imagePullPolicy, PULL_POLICIES),
    ...resourceCauses(container, path),
    ...resizeCauses(container, path),
    ...containerSecurityCauses(container, path),
  ]
}

function restartCauses(container: JsonRecord, path: string): FieldCause[] {
  const { restartPolicy } = container
  if (restartPolicy === undefined || RESTART_POLICIES.some((one) => one === restartPolicy)) return []
  return [notSupported(`${path}.restartPolicy`, restartPolicy, RESTART_POLICIES)]
}

/** What is wrong with the containers of a pod: those that run, and those that run before them. */
export function containerCauses(spec: JsonRecord, path: string, context: ContainerContext): FieldCause[] {
  const containers = itemsAt(spec, 'containers', path)
  const names = new Set<string>()
  const causes = containers.length === 0 ? [requiredValue(`${path}.containers`)] : []
  const unique = (container: JsonRecord, at: string) => {
    const name = textAt(container, 'name')
    const taken = name !== '' && names.has(name)
    names.add(name)
    return taken ? [duplicateValue(`${at}.name`, name)] : []
  }
  for (const [container, at] of containers) {
    causes.push(...commonCauses(container, at, context), ...unique(container, at))
    causes.push(...probesCauses(container, at, context.grace), ...restartCauses(container, at))
  }
  causes.push(...hostPortCauses(containers))
  for (const [container, at] of itemsAt(spec, 'initContainers', path)) {
    const stays = container.restartPolicy === 'Always'
    causes.push(
      ...commonCauses(container, at, context),
      ...restartCauses(container, at),
      ...unique(container, at),
    )
    causes.push(...(stays ? probesCauses(container, at, context.grace) : forbiddenProbes(container, at)))
    causes.push(...hostPortCauses([[container, at]]))
  }
  return causes
}

export const hasEphemeral = (spec: JsonRecord): boolean => itemsAt(spec, 'ephemeralContainers', '').length > 0

export const volumeNames = (spec: JsonRecord): ReadonlySet<string> =>
  new Set(itemsAt(spec, 'volumes', '').map(([volume]) => textAt(volume, 'name')))
