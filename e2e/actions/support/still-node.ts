import { wallClock } from '../../../demo/clock.ts'
import { nodeObject } from '../../../demo/fleet/node-objects.ts'
import { keepNode } from '../../../demo/kubelet/keep-node.ts'
import { noMachine } from '../../../demo/kubelet/machine.ts'
import { runningStatus } from '../../../demo/kubelet/pod-status.ts'
import type { FleetUser } from '../../../demo/testing/fleet-user.ts'
import { readCocoonSetGeneration } from '../../../lib/cocoon/generation.ts'
import type { Pod } from '../../../lib/cocoon/kube-json.ts'
import { applyLifecycleStatus } from '../../../lib/cocoon/lifecycle.ts'
import { applyVMRuntime } from '../../../lib/cocoon/vm-runtime.ts'

/** A node that is alive, and on which no VM ever moves by itself: what its kubelet says, the test says. */
export interface StillNode {
  name: string
  /** Says of a pod on this node what a kubelet would: its state, and whether its probe is answered. */
  say(pod: string, state: string, more?: { reachable?: boolean; message?: string }): Promise<Pod>
  close(): Promise<void>
}

const silent = () => Promise.resolve()
const UP = new Set<string>(['ready', 'hibernating'])

/** Adds such a node to the cluster; it is taken away again when it is closed. */
export async function startStillNode(
  user: FleetUser,
  name = 'still-01',
  pool = 'default',
): Promise<StillNode> {
  const { client } = user
  const clock = wallClock(1)
  const failed = (what: string, error: unknown) => console.error(what, error)
  // Of a generation without a snapshot class, so that no set lands here which does not name it.
  const plan = { name, index: 90, pool, generation: 'mid', room: 64, uid: '' } as const
  const node = nodeObject({ ...plan, createdAt: clock.now() }, clock.now())
  const keeper = await keepNode({ client, record: silent, clock, node, failed })
  return {
    name,
    async say(pod, state, { reachable = true, message = '' } = {}) {
      const there = await user.until('pods', user.at(pod), ({ spec }) => spec?.nodeName === name)
      const up = UP.has(state)
      const said = applyLifecycleStatus(
        { state, observedGeneration: readCocoonSetGeneration(there), message },
        { metadata: { annotations: {} } },
      )
      if (up) applyVMRuntime({ vmID: `id-${pod}`, ip: '10.9.0.9', vncPort: 0 }, said)
      const { annotations } = said.metadata ?? {}
      await client.patch('pods', user.at(pod), { metadata: { annotations } })
      const machine = { ...noMachine(), vmID: 'x', ip: '10.9.0.9', reachable, probeMessage: message }
      const status = up ? runningStatus(there, machine, clock.now(), true) : { phase: 'Pending' }
      return client.patchStatus('pods', user.at(pod), { status })
    },
    async close() {
      await keeper.close()
      await client.remove('nodes', await client.get('nodes', { namespace: '', name }), 0)
    },
  }
}
