import type { BuiltinRule } from './builtin-rule.ts'
import { ACCESS_RULES } from './builtin-rules-access.ts'
import { CLUSTER_RULES } from './builtin-rules-cluster.ts'
import { podStatusCauses } from './builtin-rules-pod-update.ts'
import { podCauses, podWarnings } from './builtin-rules-pod.ts'
import { serviceCauses, serviceWarnings } from './builtin-rules-service.ts'
import { CRD_RULE } from './crd-rule.ts'
import { ADMISSION_RULES } from './dynamic-admission-rules.ts'
import { DATA_RULES } from './data-rules.ts'
import { EVENT_RULES } from './event-rules.ts'
import type { KubeJson } from './json.ts'
import { isRecord, sameJson, valueAt } from './json.ts'
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

/** Who writes a status need not know of the class that the pod has by its resources. */
function keptQuality(pod: KubeJson, old: KubeJson): KubeJson {
  const kept = valueAt(old, 'status', 'qosClass')
  if (!isRecord(pod.status) || pod.status.qosClass || !kept) return pod
  return { ...pod, status: { ...pod.status, qosClass: kept } }
}

/** A pod of which only the metadata changes is not looked at again: it is what it was when it came in. */
function changeCauses(pod: KubeJson, old: KubeJson | undefined): FieldCause[] {
  if (!old) return podCauses(pod, undefined)
  return sameJson(pod.spec, old.spec) ? [] : podCauses(pod, podDefaults(old))
}

/** By resource id; kinds without an entry are stored as they come. */
export const BUILTIN_RULES: Readonly<Record<string, BuiltinRule>> = {
  pods: {
    create: newPod,
    update: changedPod,
    validate: changeCauses,
    updateStatus: keptQuality,
    validateStatus: podStatusCauses,
    warn: podWarnings,
  },
  ...ACCESS_RULES,
  ...CLUSTER_RULES,
  ...DATA_RULES,
  ...EVENT_RULES,
  ...WORKLOAD_RULES,
  services: { ...WORKLOAD_RULES.services, validate: serviceCauses, warn: serviceWarnings },
  [CRD_ID]: CRD_RULE,
  ...ADMISSION_RULES,
}
