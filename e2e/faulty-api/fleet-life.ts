import type { Random } from '../../demo/random.ts'
import { agentPod, cocoonSet, hibernation, namespaceOf, podName, vmNode } from './fleet-objects.ts'
import { createWorld, type World } from './world.ts'

const SUB_AGENTS = 4
const SLOTS = SUB_AGENTS + 1
const NODES = 5

export interface FleetLife {
  world: World
  /** One random change: mostly of pods, now and then of everything else. */
  step(): void
  /** Deletes a random pod and creates its namesake; returns the uids. */
  recreate(): { before: string; after: string }
}

/** A fleet of `pods` agents that changes at random, the same way for the same seed. */
export function createFleetLife(pods: number, random: Random): FleetLife {
  const world = createWorld(() => random.uuid())
  const sets = Math.max(1, Math.ceil(pods / SLOTS))
  let turn = 0
  const place = () => [random.int(0, sets - 1), random.int(0, SLOTS - 1)] as const
  const key = (set: number, slot: number) => `${namespaceOf(set)}/${podName(set, slot)}`

  for (let set = 0; set < sets; set += 1) {
    world.put('cocoonsets', cocoonSet(set, SUB_AGENTS))
    for (let slot = 0; slot < SLOTS && set * SLOTS + slot < pods; slot += 1)
      world.put('pods', agentPod(set, slot))
  }
  for (let node = 0; node < NODES; node += 1) world.put('nodes', vmNode(node))

  const recreate = () => {
    const [set, slot] = place()
    const before = world.get('pods', key(set, slot)) ?? world.put('pods', agentPod(set, slot))
    world.remove('pods', before.key)
    return { before: before.uid, after: world.put('pods', agentPod(set, slot, turn)).uid }
  }
  return {
    world,
    recreate,
    step() {
      turn += 1
      const [set, slot] = place()
      const dice = random.next()
      if (dice < 0.75) world.put('pods', agentPod(set, slot, turn))
      else if (dice < 0.82) world.remove('pods', key(set, slot))
      else if (dice < 0.86) recreate()
      else if (dice < 0.92) world.put('cocoonsets', cocoonSet(set, SUB_AGENTS, turn))
      else if (dice < 0.96) world.put('cocoonhibernations', hibernation(set, slot, turn))
      else if (dice < 0.98) world.remove('cocoonhibernations', key(set, slot))
      else world.put('nodes', vmNode(random.int(0, NODES - 1), turn))
    },
  }
}
