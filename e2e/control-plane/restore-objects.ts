import type { KubeObject } from '../../lib/cocoon/kube-json.ts'
import { API_VERSION } from '../../lib/cocoon/keys.ts'

/** Where kube-apiserver keeps each kind, below `/registry`. */
const PREFIX: Readonly<Record<string, string>> = {
  'v1 Namespace': 'namespaces',
  'v1 Node': 'minions',
  'v1 Pod': 'pods',
  'v1 Event': 'events',
  'v1 ConfigMap': 'configmaps',
  'v1 Secret': 'secrets',
  'v1 Service': 'services/specs',
  'v1 ServiceAccount': 'serviceaccounts',
  'coordination.k8s.io/v1 Lease': 'leases',
  'rbac.authorization.k8s.io/v1 ClusterRole': 'clusterroles',
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding': 'clusterrolebindings',
  'rbac.authorization.k8s.io/v1 Role': 'roles',
  'rbac.authorization.k8s.io/v1 RoleBinding': 'rolebindings',
  [`${API_VERSION} CocoonSet`]: 'cocoonset.cocoonstack.io/cocoonsets',
  [`${API_VERSION} CocoonHibernation`]: 'cocoonset.cocoonstack.io/cocoonhibernations',
}

/** etcd's limit on the operations of one transaction. */
const BATCH = 100

function keyOf(object: KubeObject): string {
  const prefix = PREFIX[`${object.apiVersion} ${object.kind}`]
  const { namespace, name } = object.metadata ?? {}
  if (prefix === undefined || !name)
    throw new Error(`cannot restore ${object.apiVersion} ${object.kind} ${name}`)
  return ['/registry', prefix, ...(namespace ? [namespace] : []), name].join('/')
}

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64')

function put(object: KubeObject): object {
  // The server takes the version from the key's revision, and refuses to read one from the value.
  const { resourceVersion: _, ...metadata } = object.metadata ?? {}
  const value = JSON.stringify({ ...object, metadata })
  return { requestPut: { key: base64(keyOf(object)), value: base64(value) } }
}

/**
 * Puts objects into an etcd as a restored backup would: with their uids, their ages and their status, which no client of
 * the API server can write. For kinds that the table names; throws for others, and when etcd refuses.
 */
export async function restoreObjects(etcd: string, objects: readonly KubeObject[]): Promise<void> {
  for (let start = 0; start < objects.length; start += BATCH) {
    const success = objects.slice(start, start + BATCH).map(put)
    const answer = await fetch(`${etcd}/v3/kv/txn`, { method: 'POST', body: JSON.stringify({ success }) })
    if (!answer.ok) throw new Error(`etcd refused to restore objects: ${await answer.text()}`)
  }
}
