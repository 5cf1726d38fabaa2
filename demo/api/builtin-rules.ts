import type { BuiltinRule } from './builtin-rule.ts'
import { ruleFaults } from './cel-crd-causes.ts'
import { ADMISSION_RULES } from './dynamic-admission-rules.ts'
import { DATA_RULES } from './data-rules.ts'
import { forbiddenField, requiredValue } from './field-causes.ts'
import type { KubeJson } from './json.ts'
import { isRecord, listAt, sameJson, textAt, valueAt } from './json.ts'
import { podDefaults, qosClass } from './pod-defaults.ts'
import { CRD_ID } from './registry.ts'
import type { FieldCause } from './status.ts'
import { WORKLOAD_RULES } from './workload-rules.ts'

function newPod(pod: KubeJson): KubeJson {
  const defaulted = podDefaults(pod)
  return { ...defaulted, status: { phase: 'Pending', qosClass: qosClass(defaulted) } }
}

/** A specification that a client wrote anew lacks what the server filled in. */
function changedPod(pod: KubeJson, old: KubeJson): KubeJson {
  if (sameJson(pod.spec, old.spec)) return pod
  const defaulted = podDefaults(pod)
  const computed = {
    priority: valueAt(old, 'spec', 'priority'),
    preemptionPolicy: valueAt(old, 'spec', 'preemptionPolicy'),
  }
  return { ...defaulted, spec: { ...computed, ...(isRecord(defaulted.spec) ? defaulted.spec : {}) } }
}

/** The parts of a pod's specification that an update may change. */
function mutableParts(pod: KubeJson): unknown {
  const spec = valueAt(pod, 'spec')
  if (!isRecord(spec)) return spec
  const images = listAt(spec, 'containers').map((one) =>
    isRecord(one) ? Object.assign({}, one, { image: '' }) : one,
  )
  return {
    ...spec,
    containers: images,
    activeDeadlineSeconds: 0,
    terminationGracePeriodSeconds: 0,
    tolerations: [],
  }
}

const POD_IMMUTABLE =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,' +
  '`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),' +
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)'

function podCauses(pod: KubeJson, old: KubeJson | undefined): FieldCause[] {
  const containers = listAt(pod, 'spec', 'containers')
  const causes = containers.length === 0 ? [requiredValue('spec.containers')] : []
  for (const [index, container] of containers.entries()) {
    if (!textAt(container, 'name')) causes.push(requiredValue(`spec.containers[${index}].name`))
    if (!textAt(container, 'image')) causes.push(requiredValue(`spec.containers[${index}].image`))
  }
  if (old && !sameJson(mutableParts(pod), mutableParts(old)))
    causes.push(forbiddenField('spec', POD_IMMUTABLE))
  return causes
}

function newNamespace(namespace: KubeJson): KubeJson {
  const labels = {
    'kubernetes.io/metadata.name': namespace.metadata.name ?? '',
    ...namespace.metadata.labels,
  }
  return {
    ...namespace,
    metadata: { ...namespace.metadata, labels },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  }
}

function newCrd(crd: KubeJson, now: string): KubeJson {
  const condition = (type: string, reason: string, message: string) => ({
    type,
    status: 'True',
    lastTransitionTime: now,
    reason,
    message,
  })
  const storage = listAt(crd, 'spec', 'versions').filter((one) => valueAt(one, 'storage') === true)
  return {
    ...crd,
    status: {
      conditions: [
        condition('NamesAccepted', 'NoConflicts', 'no conflicts found'),
        condition('Established', 'InitialNamesAccepted', 'the initial names have been accepted'),
      ],
      acceptedNames: valueAt(crd, 'spec', 'names') ?? {},
      storedVersions: storage.map((one) => textAt(one, 'name')),
    },
  }
}

function crdCauses(crd: KubeJson): FieldCause[] {
  const wanted = `${textAt(crd, 'spec', 'names', 'plural')}.${textAt(crd, 'spec', 'group')}`
  if (crd.metadata.name === wanted) return []
  return [
    {
      reason: 'FieldValueInvalid',
      field: 'metadata.name',
      message: `Invalid value: "${crd.metadata.name}": must be spec.names.plural+"."+spec.group`,
    },
  ]
}

/** By resource id; kinds without an entry are stored as they come. */
export const BUILTIN_RULES: Readonly<Record<string, BuiltinRule>> = {
  pods: { create: newPod, update: changedPod, validate: podCauses },
  namespaces: { create: newNamespace },
  ...DATA_RULES,
  ...WORKLOAD_RULES,
  [CRD_ID]: { create: newCrd, validate: (crd, old) => [...crdCauses(crd), ...ruleFaults(crd, old)] },
  ...ADMISSION_RULES,
}
