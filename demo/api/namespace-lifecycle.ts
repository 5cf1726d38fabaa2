import { kubeTime } from '../kube-time.ts'
import type { Cluster } from './cluster.ts'
import { deleteObject } from './deletion.ts'
import { withRemaining } from './namespace-conditions.ts'
import type { Writer } from './request-context.ts'
import type { Stored } from './stored.ts'
import { remove, store } from './write.ts'

const CONTROLLER: Writer = {
  user: { username: 'system:serviceaccount:kube-system:namespace-controller', groups: [] },
  dryRun: false,
}
const OPTIONS = {
  grace: undefined,
  propagation: 'Background' as const,
  uid: '',
  resourceVersion: '',
  dryRun: false,
  sent: {},
}

/** Empties namespaces that are being deleted, says what still holds them, and removes them once they are empty. */
export function finishNamespaces(cluster: Cluster): () => void {
  const queue = new Set<string>()
  let cancel: (() => void) | undefined

  const enqueue = (namespace: string) => {
    queue.add(namespace)
    cancel ??= cluster.clock.after(0, drain)
  }
  const drain = () => {
    cancel = undefined
    const names = [...queue]
    queue.clear()
    for (const name of names) finish(name)
  }
  const terminating = (name: string) => {
    const namespaces = cluster.registry.find('', 'v1', 'namespaces')
    const stored = namespaces && cluster.store.get(namespaces, '', name)
    return stored?.object.metadata.deletionTimestamp === undefined ? undefined : stored
  }
  const contentOf = (name: string) =>
    cluster.store
      .resources()
      .filter((resource) => resource.namespaced)
      .flatMap((resource) => cluster.store.list(resource, name))
  const finish = (name: string) => {
    if (!terminating(name)) return
    for (const stored of contentOf(name)) {
      if (stored.object.metadata.deletionTimestamp === undefined) {
        deleteObject(cluster, stored, OPTIONS, CONTROLLER)
      }
    }
    const stored = terminating(name)
    if (!stored) return
    const content = contentOf(name)
    if (content.length > 0) tell(stored, content)
    else if ((stored.object.metadata.finalizers ?? []).length === 0) remove(cluster, stored, CONTROLLER)
  }
  const tell = (stored: Stored, content: readonly Stored[]) => {
    const told = withRemaining(stored.object, content, kubeTime(cluster.clock.now()))
    if (told !== stored.object) store(cluster, stored.resource, told, CONTROLLER)
  }

  const leave = cluster.store.onChange(({ type, stored }) => {
    const { name = '', namespace = '' } = stored.object.metadata
    if (stored.resource.id === 'namespaces') {
      if (type === 'MODIFIED' && stored.object.metadata.deletionTimestamp !== undefined) enqueue(name)
    } else if (type === 'DELETED' && namespace && terminating(namespace)) enqueue(namespace)
  })
  return () => {
    leave()
    cancel?.()
  }
}
