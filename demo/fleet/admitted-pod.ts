import type { KubeJson } from '../api/json.ts'
import { podDefaults, qosClass } from '../api/pod-defaults.ts'
import { withTolerations } from '../api/pod-tolerations.ts'
import { withAccount } from '../api/service-account-mount.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import type { Random } from '../random.ts'

const COMPUTED = { priority: 0, preemptionPolicy: 'PreemptLowerPriority' }

/** The namespace's own account, which asks for nothing. */
const ACCOUNT: KubeJson = { metadata: { name: 'default' } }

/**
 * A pod as a v1.36 API server with its usual admission plugins would have stored it. Everything that the pod says
 * itself stays; its account is taken to be one without pull secrets.
 */
export function admittedPod(pod: Pod, random: Random): Pod {
  const name = pod.spec?.serviceAccountName ?? 'default'
  const defaulted = podDefaults({ ...pod, metadata: pod.metadata ?? {} })
  const account = { serviceAccountName: name, serviceAccount: name }
  const spec = Object.assign({}, COMPUTED, account, defaulted.spec)
  const mine = random.fork(`account of ${pod.metadata?.name ?? ''}`)
  const admitted = withTolerations(withAccount({ ...defaulted, spec }, ACCOUNT, mine))
  return {
    ...pod,
    spec: Object.assign({}, admitted.spec),
    status: { ...pod.status, qosClass: qosClass(admitted) },
  }
}
