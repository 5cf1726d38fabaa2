import type { ObjectMeta, Toleration } from './kube-json.ts'
import { hasCocoonTolerationKey } from './ownership.ts'

/** A Deployment or StatefulSet, as far as the scale-down rule reads it (contract 9). */
export interface Workload {
  kind?: string
  metadata?: ObjectMeta
  spec?: { replicas?: number; template?: { spec?: { tolerations?: Toleration[] } } }
}

/** Why the webhook refuses to scale a cocoon workload down; null when it does not (contract 9). */
export function scaleDownDenial(old: Workload, next: Workload): string | null {
  const before = old.spec?.replicas ?? 1
  const after = next.spec?.replicas ?? 1
  if (!toleratesCocoon(old) && !toleratesCocoon(next)) return null
  // Malformed counts are let through: the API server has its own words for them.
  if (!Number.isInteger(before) || !Number.isInteger(after) || after >= before) return null
  const { namespace = '', name = '' } = next.metadata ?? {}
  const object = `${next.kind ?? ''} ${namespace}/${name} (${before} -> ${after})`
  return `scale-down blocked for cocoon ${object}. Use a CocoonHibernation CR to put a VM to sleep instead`
}

function toleratesCocoon(workload: Workload): boolean {
  return hasCocoonTolerationKey(workload.spec?.template?.spec?.tolerations)
}
