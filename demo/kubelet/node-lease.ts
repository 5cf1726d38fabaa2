import type { Node } from '../../lib/cocoon/kube-json.ts'
import { isConflict, isNotFound } from '../client/api-error.ts'
import type { KubeClient } from '../client/kube-client.ts'
import type { Lease } from '../client/resources.ts'

/** Where every cluster keeps the leases of its nodes. */
export const LEASE_NAMESPACE = 'kube-node-lease'
/** How often a lease is renewed, in milliseconds, and how long it is good for, in seconds: the kubelet's figures. */
export const RENEWAL = 10_000
const DURATION = 40

/** A moment with microseconds, as leases carry it. */
const microTime = (ms: number) => new Date(ms).toISOString().replace(/Z$/, '000Z')

function newLease(node: Node, now: number): Lease {
  const { name = '', uid = '' } = node.metadata ?? {}
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {
      name,
      namespace: LEASE_NAMESPACE,
      // A node that is deleted takes its lease along.
      ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name, uid }],
    },
    spec: { holderIdentity: name, leaseDurationSeconds: DURATION, renewTime: microTime(now) },
  }
}

/** Renews the lease of a node, made anew when it is missing; answers it for the next time. */
export async function renewLease(
  client: KubeClient,
  node: Node,
  known: Lease | undefined,
  now: number,
): Promise<Lease> {
  const name = node.metadata?.name ?? ''
  const renewed = (lease: Lease) =>
    client.replace('leases', { ...lease, spec: { ...lease.spec, renewTime: microTime(now) } })
  if (known) {
    try {
      return await renewed(known)
    } catch (error) {
      if (!isConflict(error) && !isNotFound(error)) throw error
    }
  }
  try {
    return await renewed(await client.get('leases', { namespace: LEASE_NAMESPACE, name }))
  } catch (error) {
    if (!isNotFound(error)) throw error
    return client.create('leases', newLease(node, now))
  }
}
