import type { Random } from '../random.ts'
import type { Admission, WriteRequest } from './admission.ts'
import type { KubeJson } from './json.ts'
import { isRecord, numberAt, textAt, valueAt } from './json.ts'
import { withTolerations } from './pod-tolerations.ts'
import type { Registry } from './registry.ts'
import { accountOf, withAccount } from './service-account-mount.ts'
import { forbidden } from './status.ts'
import type { Store } from './store.ts'

/** What the rules look things up in. */
export interface PodAdmissionParts {
  registry: Registry
  store: Store
  random: Random
}

function accountFor({ registry, store }: PodAdmissionParts, request: WriteRequest): KubeJson {
  const { resource, namespace, object } = request
  const name = accountOf(object)
  const accounts = registry.find('', 'v1', 'serviceaccounts')
  const found = accounts && store.get(accounts, namespace, name)
  if (found) return found.object
  const what = `error looking up service account ${namespace}/${name}`
  throw forbidden(resource, request.name, `${what}: serviceaccount "${name}" not found`)
}

function priorityClass({ registry, store }: PodAdmissionParts, request: WriteRequest): KubeJson | undefined {
  const name = textAt(request.object, 'spec', 'priorityClassName')
  const classes = registry.find('scheduling.k8s.io', 'v1', 'priorityclasses')
  const all = classes ? store.list(classes, '').map((one) => one.object) : []
  if (!name) return all.find((one) => one.globalDefault === true)
  const found = all.find((one) => one.metadata.name === name)
  if (!found) throw forbidden(request.resource, request.name, `no PriorityClass with name ${name} was found`)
  return found
}

const COMPUTED = 'must not be provided in pod spec; priority admission controller computed'

/** A pod may repeat what its priority class says, but not say otherwise. */
function withPriority(request: WriteRequest, pod: KubeJson, found: KubeJson | undefined): KubeJson {
  const refuse = (why: string) => forbidden(request.resource, request.name, why)
  const spec = isRecord(pod.spec) ? pod.spec : {}
  const priority = numberAt(found, 'value')
  const preemptionPolicy = textAt(found, 'preemptionPolicy') || 'PreemptLowerPriority'
  const asked = valueAt(spec, 'priority')
  if (typeof asked === 'number' && asked !== priority) {
    const rest = `${COMPUTED} ${priority} from the given PriorityClass name`
    throw refuse(`the integer value of priority (${asked}) ${rest}`)
  }
  const policy = textAt(spec, 'preemptionPolicy')
  if (policy && policy !== preemptionPolicy) {
    const rest = `${COMPUTED} ${preemptionPolicy} from the given PriorityClass name`
    throw refuse(`the string value of PreemptionPolicy (${policy}) ${rest}`)
  }
  const named = found ? { priorityClassName: found.metadata.name } : {}
  return { ...pod, spec: { ...spec, ...named, priority, preemptionPolicy } }
}

function withServiceAccount(parts: PodAdmissionParts, request: WriteRequest): KubeJson {
  const { object } = request
  const account = accountFor(parts, request)
  const { name } = account.metadata
  const spec = {
    ...(isRecord(object.spec) ? object.spec : {}),
    serviceAccountName: name,
    serviceAccount: name,
  }
  return withAccount({ ...object, spec }, account, parts.random)
}

/**
 * What the admission plugins that every API server runs make of a new pod: its service account, priority and
 * tolerations. Throws 403 for an account or a priority class that is missing.
 */
export function podAdmission(parts: PodAdmissionParts): Admission {
  return {
    mutate(request) {
      if (request.resource.id !== 'pods' || request.subresource !== '') return request.object
      if (request.operation === 'UPDATE') return withTolerations(request.object)
      const pod = withServiceAccount(parts, request)
      return withTolerations(withPriority(request, pod, priorityClass(parts, request)))
    },
    validate: () => undefined,
  }
}
