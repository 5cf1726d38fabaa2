import { MAX_INT32, faultCauses, itemsAt, rangeCauses, supportedCauses } from './builtin-rules-checks.ts'
import { containerCauses, hasEphemeral, volumeNames } from './builtin-rules-containers.ts'
import { dnsLabelFaults, dnsNameFaults } from './builtin-rules-names.ts'
import { networkCauses } from './builtin-rules-pod-network.ts'
import { podUpdateCauses } from './builtin-rules-pod-update.ts'
import { resourceWarnings } from './builtin-rules-resources.ts'
import { schedulingCauses, schedulingWarnings } from './builtin-rules-scheduling.ts'
import { podSecurityCauses } from './builtin-rules-security.ts'
import { volumeCauses } from './builtin-rules-volumes.ts'
import { forbiddenField } from './field-causes.ts'
import type { JsonRecord, KubeJson } from './json.ts'
import { isRecord, numberAt, textAt } from './json.ts'
import { qualifiedNameFaults } from './qualified-name.ts'
import type { FieldCause } from './status.ts'

const RESTART = ['Always', 'OnFailure', 'Never']
const DNS = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']

function named(
  spec: JsonRecord,
  path: string,
  name: string,
  faults: (text: string) => string[],
): FieldCause[] {
  const text = textAt(spec, name)
  return text ? faultCauses(`${path}.${name}`, text, faults(text)) : []
}

/** What is wrong with the specification of a pod, or of a template of pods, at `path`. */
export function podSpecCauses(spec: JsonRecord, path: string): FieldCause[] {
  const context = { volumes: volumeNames(spec), grace: numberAt(spec, 'terminationGracePeriodSeconds') }
  const gates = itemsAt(spec, 'readinessGates', path).flatMap(([gate, at]) => {
    const type = textAt(gate, 'conditionType')
    return faultCauses(`${at}.conditionType`, type, qualifiedNameFaults(type))
  })
  return [
    ...volumeCauses(spec, path),
    ...containerCauses(spec, path, context),
    ...supportedCauses(`${path}.restartPolicy`, spec.restartPolicy, RESTART),
    ...supportedCauses(`${path}.dnsPolicy`, spec.dnsPolicy, DNS),
    ...podSecurityCauses(spec, path),
    ...networkCauses(spec, path),
    ...gates,
    ...schedulingCauses(spec, path),
    ...named(spec, path, 'serviceAccountName', dnsNameFaults),
    ...named(spec, path, 'nodeName', dnsNameFaults),
    ...rangeCauses(`${path}.activeDeadlineSeconds`, spec.activeDeadlineSeconds, 1, MAX_INT32),
    ...named(spec, path, 'hostname', dnsLabelFaults),
    ...named(spec, path, 'subdomain', dnsLabelFaults),
    ...named(spec, path, 'priorityClassName', dnsNameFaults),
    ...named(spec, path, 'runtimeClassName', dnsNameFaults),
  ]
}

const specOf = (pod: KubeJson): JsonRecord => (isRecord(pod.spec) ? pod.spec : {})

/** What is wrong with a new pod, or with the change of an old one. */
export function podCauses(pod: KubeJson, old: KubeJson | undefined): FieldCause[] {
  const spec = specOf(pod)
  if (old) return [...podSpecCauses(spec, 'spec'), ...podUpdateCauses(spec, specOf(old))]
  const ephemeral = hasEphemeral(spec)
    ? [forbiddenField('spec.ephemeralContainers', 'cannot be set on create')]
    : []
  return [...podSpecCauses(spec, 'spec'), ...ephemeral]
}

/** What the original warns of in pods that it takes all the same. */
export function podWarnings(pod: KubeJson): string[] {
  const spec = specOf(pod)
  const containers = [...itemsAt(spec, 'initContainers', 'spec'), ...itemsAt(spec, 'containers', 'spec')]
  return [
    ...itemsAt(spec, 'imagePullSecrets', 'spec').flatMap(([secret, at]) =>
      textAt(secret, 'name') ? [] : [`${at}.name: invalid empty name ""`],
    ),
    ...containers.flatMap(([container, at]) => resourceWarnings(container, at)),
    ...schedulingWarnings(spec, 'spec'),
  ]
}
