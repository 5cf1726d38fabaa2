import type { CocoonSet } from '../../cocoon/crd.ts'
import { LABEL_NODE_POOL, LABEL_SNAPSHOT_CPU_CLASS } from '../../cocoon/keys.ts'
import type { Pod } from '../../cocoon/kube-json.ts'
import { podNodePool } from '../../cocoon/node-pool.ts'
import { quantityString } from '../../cocoon/quantity.ts'
import { parseVMRuntime } from '../../cocoon/vm-runtime.ts'
import { parseVMSpec } from '../../cocoon/vm-spec.ts'

function vmSpecDrift(wanted: Pod, pod: Pod): string[] {
  const now = parseVMSpec(pod)
  // A sub-agent keeps the fork source that it was created from (contract 4.7).
  const then = { ...parseVMSpec(wanted), forkFrom: now.forkFrom }
  return Object.entries(then).flatMap(([field, value]) =>
    Object.entries(now).some(([other, live]) => other === field && live === value) ? [] : [field],
  )
}

function shapeOf(pod: Pod): Record<string, string> {
  const resources = pod.spec?.containers?.[0]?.resources
  const text = (side: 'requests' | 'limits', name: string) => quantityString(resources?.[side]?.[name])
  return {
    'cpu request': text('requests', 'cpu'),
    'cpu limit': text('limits', 'cpu'),
    'memory request': text('requests', 'memory'),
    'memory limit': text('limits', 'memory'),
    serviceAccountName: pod.spec?.serviceAccountName || 'default',
    envFrom: canonicalText(pod.spec?.containers?.[0]?.envFrom ?? []),
    [LABEL_NODE_POOL]: podNodePool(pod),
  }
}

/** The same text for the same meaning: a server orders fields its own way and leaves empty ones out. */
function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner
    const said = Object.entries(inner).filter(([, field]) => field !== '')
    return Object.fromEntries(said.sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}

/**
 * The fields in which a live pod differs from the pod that the operator would create now; any difference means that
 * the VM is deleted and recreated (contract 4.7). Node name, suspension and replicas are no drift.
 */
export function driftOf(wanted: Pod, pod: Pod, set: CocoonSet): string[] {
  const drift = vmSpecDrift(wanted, pod)
  const now = shapeOf(pod)
  for (const [field, value] of Object.entries(shapeOf(wanted))) if (now[field] !== value) drift.push(field)
  const cpuClass = pod.spec?.nodeSelector?.[LABEL_SNAPSHOT_CPU_CLASS] ?? ''
  // A pod from before the class was introduced is tolerated.
  if (cpuClass !== '' && cpuClass !== (set.spec?.snapshotCompatibilityClass ?? '')) {
    drift.push('snapshot class')
  }
  if (parseVMSpec(wanted).mode === 'static') {
    const runtime = parseVMRuntime(wanted)
    if (JSON.stringify(runtime) !== JSON.stringify(parseVMRuntime(pod))) drift.push('static runtime')
  }
  return drift
}
