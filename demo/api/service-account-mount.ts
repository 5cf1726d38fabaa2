import type { Random } from '../random.ts'
import type { JsonRecord, KubeJson } from './json.ts'
import { isRecord, listAt, textAt, valueAt } from './json.ts'
import { generatedName } from './object-metadata.ts'

const VOLUME = 'kube-api-access-'
const MOUNT_PATH = '/var/run/secrets/kubernetes.io/serviceaccount'

/** Token, authority and namespace as one volume. The token lives a little longer than an hour, as in the original. */
const PROJECTED = {
  sources: [
    { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
    { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    {
      downwardAPI: {
        items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
      },
    },
  ],
  defaultMode: 420,
}

const mounts = (container: unknown) => listAt(container, 'volumeMounts')
const lacksMount = (container: unknown) =>
  isRecord(container) && !mounts(container).some((one) => textAt(one, 'mountPath') === MOUNT_PATH)

function mounted(containers: readonly unknown[], name: string): unknown[] {
  const mount = { name, readOnly: true, mountPath: MOUNT_PATH }
  return containers.map((one) =>
    isRecord(one) && lacksMount(one) ? { ...one, volumeMounts: [...mounts(one), mount] } : one,
  )
}

/** Whether the token belongs into the pod: the pod itself decides, then its account. */
function wantsToken(spec: JsonRecord, account: KubeJson): boolean {
  const own = spec.automountServiceAccountToken ?? account.automountServiceAccountToken
  return own !== false
}

/** A pod with what its service account gives it: the token's volume and mounts, and secrets to pull images. */
export function withAccount(pod: KubeJson, account: KubeJson, random: Random): KubeJson {
  const spec = isRecord(pod.spec) ? pod.spec : {}
  const pullSecrets = listAt(account, 'imagePullSecrets')
  const needsSecrets = listAt(spec, 'imagePullSecrets').length === 0 && pullSecrets.length > 0
  const secrets = needsSecrets ? { imagePullSecrets: pullSecrets } : {}
  const containers = listAt(spec, 'containers')
  const initContainers = listAt(spec, 'initContainers')
  if (!wantsToken(spec, account) || ![...containers, ...initContainers].some(lacksMount)) {
    return { ...pod, spec: { ...spec, ...secrets } }
  }
  const volumes = listAt(spec, 'volumes')
  const given = volumes.map((one) => textAt(one, 'name')).find((name) => name.startsWith(VOLUME))
  const name = given ?? generatedName(VOLUME, random)
  return {
    ...pod,
    spec: {
      ...spec,
      ...secrets,
      volumes: given ? volumes : [...volumes, { name, projected: PROJECTED }],
      containers: mounted(containers, name),
      ...(initContainers.length > 0 && { initContainers: mounted(initContainers, name) }),
    },
  }
}

/** The name of the account that a pod runs as. */
export const accountOf = (pod: KubeJson) => textAt(valueAt(pod, 'spec'), 'serviceAccountName') || 'default'
