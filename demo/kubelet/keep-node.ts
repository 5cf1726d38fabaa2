import type { Node } from '../../lib/cocoon/kube-json.ts'
import { isConflict, isNotFound } from '../client/api-error.ts'
import type { RecordEvent } from '../client/event-recorder.ts'
import type { KubeClient } from '../client/kube-client.ts'
import { refOf, type Lease } from '../client/resources.ts'
import type { Clock } from '../clock.ts'
import { nodeChanges } from './node-changes.ts'
import { renewLease, RENEWAL } from './node-lease.ts'

export interface KeepNodeOptions {
  client: KubeClient
  record: RecordEvent
  /** Of the same pace as the API server's: others judge by it whether the node is alive. */
  clock: Clock
  /** The Node as its agent wants it; uid and times of a stored one stay its own. */
  node: Node
  failed: (what: string, error: unknown) => void
}

/** A node's presence at the API server. */
export interface NodeKeeper {
  /** Stops the heartbeat; the Node stays and goes stale, as that of a machine which loses power. */
  close(): Promise<void>
}

/**
 * Registers a node where it is missing, and keeps it alive: its lease every ten seconds, its status every minute
 * (contract 6.6). Resolves when the Node is in order for the first time, however often that has to be tried.
 */
export async function keepNode(options: KeepNodeOptions): Promise<NodeKeeper> {
  const { client, clock, node: wanted } = options
  const name = wanted.metadata?.name ?? ''
  let lease: Lease | undefined
  let closed = false
  let running = Promise.resolve()
  let cancel = () => {}

  const tell = (node: Node, reason: string, message: string) =>
    options.record({ ...node, apiVersion: 'v1', kind: 'Node' }, { type: 'Normal', reason, message })
  const register = async (): Promise<Node> => {
    const { uid: _, creationTimestamp: __, ...metadata } = wanted.metadata ?? {}
    const created = await client.create('nodes', { ...wanted, metadata })
    await tell(created, 'Starting', 'Starting kubelet.')
    await tell(created, 'NodeReady', `Node ${name} status is now: NodeReady`)
    return created
  }
  const find = () => client.get('nodes', { namespace: '', name }).catch(unlessMissing)
  const reconcile = async (): Promise<Node> => {
    const found = await find()
    if (!found) return register()
    const changes = nodeChanges(found, wanted, clock.now())
    if (changes.node) await client.patch('nodes', refOf(found), changes.node)
    if (changes.status) await client.mergeStatus('nodes', refOf(found), { status: changes.status })
    if (changes.becameReady) await tell(found, 'NodeReady', `Node ${name} status is now: NodeReady`)
    return found
  }
  const beat = async () => {
    const node = await reconcile()
    lease = await renewLease(client, node, lease, clock.now())
  }
  const plan = () => {
    cancel = clock.after(RENEWAL, () => {
      running = beat()
        .catch((error: unknown) => {
          // Somebody else wrote at the same moment: the next beat sees what.
          if (!closed && !isConflict(error)) options.failed(`heartbeat of node ${name}`, error)
        })
        .then(() => {
          if (!closed) plan()
        })
    })
  }
  // A server that has just come up may not know its own rules yet.
  for (let kept = false; !kept;) {
    try {
      await beat()
      kept = true
    } catch (error) {
      options.failed(`registering node ${name}`, error)
      await new Promise<void>((resolve) => void clock.after(1000, resolve))
    }
  }
  plan()
  return {
    async close() {
      closed = true
      cancel()
      await running
    },
  }
}

function unlessMissing(error: unknown): undefined {
  if (!isNotFound(error)) throw error
}
