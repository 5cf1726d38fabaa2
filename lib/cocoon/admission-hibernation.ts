import type { CocoonHibernation } from './crd.ts'
import type { FieldError } from './schema.ts'

/**
 * The webhook's rules for a new CocoonHibernation: it bears its pod's name, and the pod has no other one,
 * not even one that is still terminating. `others` may hold any namespace's (contract 5, 9).
 */
export function validateCocoonHibernation(
  hibernation: CocoonHibernation,
  others: readonly CocoonHibernation[],
): FieldError[] {
  const errors: FieldError[] = []
  const name = hibernation.metadata?.name ?? ''
  const pod = hibernation.spec?.podRef?.name ?? ''
  if (name !== pod) {
    const message = `metadata.name "${name}" must equal spec.podRef.name "${pod}" so that a pod has one request only`
    errors.push({ field: 'metadata.name', message })
  }
  const rival = others.find((other) => pod !== '' && isRival(hibernation, other))
  if (rival) errors.push({ field: 'spec.podRef.name', message: rivalMessage(pod, rival) })
  return errors
}

function isRival(hibernation: CocoonHibernation, other: CocoonHibernation): boolean {
  const [mine, theirs] = [hibernation.metadata, other.metadata]
  if (mine?.namespace !== theirs?.namespace) return false
  if (mine?.uid !== undefined && mine.uid === theirs?.uid) return false
  return other.spec?.podRef?.name === hibernation.spec?.podRef?.name
}

function rivalMessage(pod: string, rival: CocoonHibernation): string {
  const name = rival.metadata?.name ?? ''
  if (rival.metadata?.deletionTimestamp) {
    return `pod "${pod}" has a CocoonHibernation "${name}" that is still terminating; retry when it is gone`
  }
  return `pod "${pod}" already has a live CocoonHibernation "${name}"; flip its spec.desire instead of creating another`
}
