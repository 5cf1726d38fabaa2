import { COCOON_HIBERNATION_CRD, COCOON_SET_CRD } from '../../lib/cocoon/custom-resource-definitions.ts'
import type { KubeObject } from '../../lib/cocoon/kube-json.ts'
import type { Cluster } from './cluster.ts'
import { restoreObject } from './create.ts'

const NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system']

/** What every cluster of this kind starts with, unless its backup has it. */
const BASE: readonly KubeObject[] = [
  COCOON_SET_CRD,
  COCOON_HIBERNATION_CRD,
  ...NAMESPACES.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
]

const identity = ({ kind, metadata }: KubeObject) => `${kind} ${metadata?.namespace ?? ''}/${metadata?.name}`

/** Fills an empty cluster. Throws when an object cannot be restored. */
export function restoreObjects(cluster: Cluster, objects: readonly KubeObject[]): void {
  const given = new Set(objects.map(identity))
  for (const object of BASE) if (!given.has(identity(object))) restoreObject(cluster, object)
  for (const object of objects) restoreObject(cluster, object)
}
