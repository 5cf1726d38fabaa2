import { kubeTime } from '../kube-time.ts'
import type { Cluster } from './cluster.ts'
import type { KubeJson } from './json.ts'
import type { Stored } from './stored.ts'

const DESCRIPTION =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the ' +
  'internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of ' +
  'Kubernetes clusters.'

/** What every namespace has: an account for pods that name none, and the authority of the API server. */
function namespaceObjects(
  certificate: string,
): { plural: string; object: Partial<KubeJson> & { name: string } }[] {
  return [
    { plural: 'serviceaccounts', object: { kind: 'ServiceAccount', name: 'default' } },
    {
      plural: 'configmaps',
      object: {
        kind: 'ConfigMap',
        name: 'kube-root-ca.crt',
        annotations: { 'kubernetes.io/description': DESCRIPTION },
        data: { 'ca.crt': certificate },
      },
    },
  ]
}

/**
 * Keeps in every namespace what the controllers of the original keep there, also where somebody deletes it.
 * Returns what stops it.
 */
export function keepNamespaceObjects(cluster: Cluster, certificate: string): () => void {
  const wanted = namespaceObjects(certificate)
  /** Namespace, and when its objects are from: with a new one come objects of its age. */
  const queue = new Map<string, string | undefined>()
  let stopped = false

  const namespaces = () => cluster.registry.find('', 'v1', 'namespaces')
  const isActive = (stored: Stored | undefined) =>
    stored !== undefined && stored.object.metadata.deletionTimestamp === undefined
  const fill = (namespace: string, at: string | undefined) => {
    const resource = namespaces()
    const stored = resource && cluster.store.get(resource, '', namespace)
    if (!stored || !isActive(stored)) return
    for (const { plural, object } of wanted) {
      const kind = cluster.registry.find('', 'v1', plural)
      const { name, annotations, ...rest } = object
      if (!kind || cluster.store.get(kind, namespace, name)) continue
      const metadata = {
        name,
        namespace,
        uid: cluster.random.uuid(),
        creationTimestamp: at ?? kubeTime(cluster.clock.now()),
        ...(annotations !== undefined && { annotations: { ...annotations } }),
      }
      cluster.store.put(kind, { ...rest, apiVersion: 'v1', metadata })
    }
  }
  const settle = () => {
    const waiting = [...queue]
    queue.clear()
    if (!stopped) for (const [name, at] of waiting) fill(name, at)
  }
  const leave = cluster.store.onChange(({ type, stored }) => {
    const { name = '', namespace = '' } = stored.object.metadata
    const isNew = stored.resource.id === 'namespaces' && type === 'ADDED'
    const isLost =
      type === 'DELETED' &&
      wanted.some((one) => one.plural === stored.resource.id && one.object.name === name)
    if (!isNew && !isLost) return
    if (queue.size === 0) queueMicrotask(settle)
    if (isNew) queue.set(name, stored.object.metadata.creationTimestamp)
    else queue.set(namespace, undefined)
  })
  const resource = namespaces()
  for (const { object } of resource ? cluster.store.list(resource, '') : []) {
    fill(object.metadata.name ?? '', object.metadata.creationTimestamp)
  }
  return () => {
    stopped = true
    leave()
  }
}
