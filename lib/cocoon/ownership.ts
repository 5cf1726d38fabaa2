import { KIND_COCOON_SET, TOLERATION_KEY } from './keys.ts'
import type { OwnerReference, Toleration } from './kube-json.ts'

type OwnerReferences = readonly OwnerReference[] | null | undefined

/** Whether any toleration names the provider key; operator, value and effect do not count (contract 2.3). */
export function hasCocoonTolerationKey(tolerations: readonly Toleration[] | null | undefined): boolean {
  return tolerations?.some((toleration) => toleration.key === TOLERATION_KEY) ?? false
}

/** Whether any owner is of kind CocoonSet; API version, name and controller flag do not count (contract 2.3). */
export function isOwnedByCocoonSet(ownerRefs: OwnerReferences): boolean {
  return ownerRefs?.some((ref) => ref.kind === KIND_COCOON_SET) ?? false
}

/** Name of the first owner of kind CocoonSet, "" without one. Since 0.2.4 (contract 2.10). */
export function cocoonSetOwnerName(ownerRefs: OwnerReferences): string {
  return ownerRefs?.find((ref) => ref.kind === KIND_COCOON_SET)?.name ?? ''
}

/** The Deployment behind the first owning ReplicaSet whose name has a dash (contract 2.3). */
export function ownerDeploymentName(ownerRefs: OwnerReferences): { name: string; ok: boolean } {
  for (const ref of ownerRefs ?? []) {
    const dash = ref.kind === 'ReplicaSet' ? (ref.name ?? '').lastIndexOf('-') : -1
    if (dash >= 0) return { name: (ref.name ?? '').slice(0, dash), ok: true }
  }
  return { name: '', ok: false }
}
