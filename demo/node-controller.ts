import type { Node } from '../lib/cocoon/kube-json.ts'
import type { Cache } from './client/cache.ts'
import type { RecordEvent } from './client/event-recorder.ts'

/** Source component of what every cluster's node controller says. */
export const NODE_CONTROLLER = 'node-controller'

/** Announces nodes that come to a cluster from now on, as its node controller does. */
export function announceNodes(nodes: Cache<Node>, record: RecordEvent): void {
  nodes.onChange((before, after) => {
    if (before || !after) return
    const name = after.metadata?.name ?? ''
    const message = `Node ${name} event: Registered Node ${name} in Controller`
    void record(
      { ...after, apiVersion: 'v1', kind: 'Node' },
      { type: 'Normal', reason: 'RegisteredNode', message },
    )
  })
}
