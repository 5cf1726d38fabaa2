import { DEFAULT_POD_CREATOR } from './component-keys.ts'
import type { Pod } from './kube-json.ts'
import { hasCocoonTolerationKey, isOwnedByCocoonSet } from './ownership.ts'

/** Namespaces whose pods the webhook does not look at (contract 9). */
export const POD_ADMISSION_EXEMPT_NAMESPACES: readonly string[] = [
  'kube-system',
  'kube-node-lease',
  'kube-public',
  'cocoon-system',
  'cert-manager',
]

interface PodCreation {
  pod: Pod
  username: string
  /** Usernames that may create cocoon pods; by default the operator alone (contract 7). */
  allowedCreators?: readonly string[]
}

/** Why the webhook refuses to let this user create this pod; null when it does not (contract 9). */
export function podCreationDenial(creation: PodCreation): string | null {
  const { pod, username, allowedCreators = [DEFAULT_POD_CREATOR] } = creation
  if (POD_ADMISSION_EXEMPT_NAMESPACES.includes(pod.metadata?.namespace ?? '')) return null
  if (!hasCocoonTolerationKey(pod.spec?.tolerations)) return null
  if (!isOwnedByCocoonSet(pod.metadata?.ownerReferences)) return 'cocoon pods must be managed by a CocoonSet'
  if (allowedCreators.includes(username)) return null
  return `cocoon pods must be created by the CocoonSet controller, got user "${username}"`
}
