import { isIP } from 'node:net'
import type { BuiltinRule } from './builtin-rule.ts'
import { faultCauses, itemsAt, recordAt, together } from './builtin-rules-checks.ts'
import { TAINT_EFFECTS } from './builtin-rules-scheduling.ts'
import { duplicateValue, forbiddenField, invalidValue, notSupported, requiredValue } from './field-causes.ts'
import type { JsonRecord, KubeJson } from './json.ts'
import { listAt, sameJson, textAt } from './json.ts'
import { labelValueFaults, qualifiedNameFaults } from './qualified-name.ts'
import type { FieldCause } from './status.ts'

function effectCauses(effect: string, field: string): FieldCause[] {
  if (TAINT_EFFECTS.includes(effect)) return []
  return [effect ? notSupported(field, effect, TAINT_EFFECTS) : requiredValue(field)]
}

/** The original looks for taints among the metadata. */
function taintCauses(spec: JsonRecord): FieldCause[] {
  const seen = new Set<string>()
  return itemsAt(spec, 'taints', 'metadata').flatMap(([taint, at]) => {
    const [key, value, effect] = ['key', 'value', 'effect'].map((name) => textAt(taint, name))
    const faults = labelValueFaults(value ?? '')
    const causes = together(
      faultCauses(`${at}.key`, key, qualifiedNameFaults(key ?? '')),
      faults.length > 0 ? [invalidValue(`${at}.value`, value, faults.join(';'))] : [],
      effectCauses(effect ?? '', `${at}.effect`),
    )
    const pair = `${effect} ${key}`
    if (seen.has(pair)) {
      const printed = { Key: key, Value: value, Effect: effect, TimeAdded: taint.timeAdded ?? null }
      causes.push(duplicateValue(at, printed, 'taints must be unique by key and effect pair'))
    }
    seen.add(pair)
    return causes
  })
}

const isCidr = (text: string) => {
  const [address = '', bits = ''] = text.split('/')
  const family = isIP(address)
  return family > 0 && /^\d+$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)
}

const CIDR_RULE = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'
const ONCE = (field: string) => `node updates may not change ${field} except from "" to valid`

function nodeCauses(node: KubeJson, old: KubeJson | undefined): FieldCause[] {
  const spec = recordAt(node, 'spec') ?? {}
  const causes = taintCauses(spec)
  const ranges = listAt(spec, 'podCIDRs').map(String)
  if (!old) {
    return causes.concat(
      ranges.flatMap((range, index) =>
        isCidr(range) ? [] : [invalidValue(`spec.podCIDRs[${index}]`, range, CIDR_RULE)],
      ),
    )
  }
  const before = recordAt(old, 'spec') ?? {}
  if (listAt(before, 'podCIDRs').length > 0 && !sameJson(ranges, before.podCIDRs)) {
    causes.push(forbiddenField('spec.podCIDRs', ONCE('podCIDR')))
  }
  if (textAt(before, 'providerID') && before.providerID !== spec.providerID) {
    causes.push(forbiddenField('spec.providerID', ONCE('providerID')))
  }
  return causes
}

/** The first range of a node has a field of its own, which either may set. */
function withRanges(node: KubeJson): KubeJson {
  const spec = recordAt(node, 'spec')
  if (!spec) return node
  const single = textAt(spec, 'podCIDR')
  const ranges = listAt(spec, 'podCIDRs')
  const all = ranges.length > 0 ? ranges : single ? [single] : []
  return { ...node, spec: { ...spec, ...(all.length > 0 && { podCIDR: all[0], podCIDRs: all }) } }
}

/** All of a node's capacity is for pods, unless it says otherwise. */
function withAllocatable(node: KubeJson): KubeJson {
  const { capacity, allocatable = capacity, ...status } = recordAt(node, 'status') ?? {}
  return capacity === undefined ? node : { ...node, status: { ...status, capacity, allocatable } }
}

/** What a node can give is what it has unless it says less. */
const newNode = (node: KubeJson) =>
  withRanges(withAllocatable({ ...node, status: recordAt(node, 'status') ?? {} }))

const FINALIZER = 'kubernetes'

function newNamespace(namespace: KubeJson): KubeJson {
  const name = namespace.metadata.name ?? ''
  const finalizers = listAt(namespace, 'spec', 'finalizers')
  return {
    ...namespace,
    metadata: {
      ...namespace.metadata,
      labels: { ...namespace.metadata.labels, 'kubernetes.io/metadata.name': name },
    },
    spec: { finalizers: finalizers.includes(FINALIZER) ? finalizers : [...finalizers, FINALIZER] },
    status: { phase: 'Active' },
  }
}

function leaseCauses(lease: KubeJson): FieldCause[] {
  const spec = recordAt(lease, 'spec') ?? {}
  const { leaseDurationSeconds: seconds, leaseTransitions: changes } = spec
  return [
    ...(typeof seconds === 'number' && seconds <= 0
      ? [invalidValue('spec.leaseDurationSeconds', seconds, 'must be greater than 0')]
      : []),
    ...(typeof changes === 'number' && changes < 0
      ? [invalidValue('spec.leaseTransitions', changes, 'must be greater than or equal to 0')]
      : []),
  ]
}

/** Fields of coordinated elections, which the original drops as long as it does not hold them. */
function plainLease(lease: KubeJson): KubeJson {
  const spec = recordAt(lease, 'spec')
  if (!spec) return lease
  const { strategy: _, preferredHolder: __, ...kept } = spec
  return { ...lease, spec: kept }
}

/** What a cluster consists of. */
export const CLUSTER_RULES: Readonly<Record<string, BuiltinRule>> = {
  'leases.coordination.k8s.io': { create: plainLease, update: plainLease, validate: leaseCauses },
  namespaces: {
    create: newNamespace,
    update: (namespace, old) => ({ ...namespace, spec: old.spec ?? namespace.spec }),
  },
  nodes: { create: newNode, update: withRanges, updateStatus: withAllocatable, validate: nodeCauses },
}
