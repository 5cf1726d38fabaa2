import { kubeTime } from '../kube-time.ts'
import type { Cluster } from './cluster.ts'
import { isRecord, listAt, textAt } from './json.ts'
import { storedOf } from './list.ts'
import type { Writer } from './request-context.ts'
import type { ObjectRoute } from './route.ts'
import type { Status } from './status.ts'
import { conflict, notFound, statusError } from './status.ts'
import { store } from './write.ts'

const BINDING = { group: '', plural: 'pods/binding' }

/** Puts a pod on a node, once, as a scheduler asks for it with pods/binding. Throws 404 and 409. */
export function bindPod(cluster: Cluster, route: ObjectRoute, body: unknown, writer: Writer): Status {
  const stored = storedOf(cluster, route)
  if (!stored) throw notFound(route.resource, route.name)
  const node = textAt(body, 'target', 'name')
  if (!node) throw statusError(500, '', 'target.name: Required value')
  const { object } = stored
  const bound = textAt(object, 'spec', 'nodeName')
  if (bound) throw conflict(BINDING, route.name, `pod ${route.name} is already assigned to node "${bound}"`)
  if (object.metadata.deletionTimestamp) {
    throw conflict(BINDING, route.name, `pod ${route.name} is being deleted, cannot be assigned to a host`)
  }
  const scheduled = {
    type: 'PodScheduled',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: kubeTime(cluster.clock.now()),
  }
  const others = listAt(object, 'status', 'conditions').filter(
    (one) => textAt(one, 'type') !== scheduled.type,
  )
  const bindable = {
    ...object,
    spec: { ...(isRecord(object.spec) ? object.spec : {}), nodeName: node },
    status: { ...(isRecord(object.status) ? object.status : {}), conditions: [...others, scheduled] },
  }
  store(cluster, route.resource, bindable, writer)
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }
}
