import type { VkGeneration } from '../kubelet/vk-generation.ts'
import type { Random } from '../random.ts'
import type { NodePlan } from './node-objects.ts'
import { plainSet, TOLD_SETS, type SetTemplate } from './set-templates.ts'

/** How large the seeded fleet is. `vms` counts every VM pod, static and sleeping ones included. */
export interface FleetSize {
  sets: number
  vms: number
  nodes: number
}

/** A template with its sub-agents counted out and its node chosen. */
export interface PlannedSet extends SetTemplate {
  replicas: number
  node: NodePlan
}

export interface FleetPlan {
  nodes: NodePlan[]
  sets: PlannedSet[]
  /** Nodes of VM pods that belong to no set. */
  bare: NodePlan[]
}

const DAY = 86_400_000
const BARE_PODS = 2
/** From this many VMs on, a fleet also has VM pods without a set. */
const ROOM_FOR_BARE = 20

/** Deals out exactly `size.vms` VMs: mains first, then toolboxes and the forks of the stories, the rest by weight. */
function countOut(size: FleetSize): { sets: (SetTemplate & { replicas: number })[]; bare: number } {
  const templates = Array.from(
    { length: size.sets },
    (_, i) => TOLD_SETS[i] ?? plainSet(i - TOLD_SETS.length),
  )
  const bare = size.vms >= Math.max(ROOM_FOR_BARE, size.sets + BARE_PODS) ? BARE_PODS : 0
  let left = size.vms - size.sets - bare
  const sets = templates.map((template) => {
    const toolboxes = template.toolboxes.slice(0, Math.max(0, left))
    left -= toolboxes.length
    const replicas = Math.min(left, template.forks)
    left -= replicas
    return Object.assign({}, template, { toolboxes, replicas })
  })
  const growing = sets
    .filter((set) => set.weight > 0)
    .flatMap((set) => Array.from({ length: set.weight }, () => set))
  for (let turn = 0; left > 0; turn++) {
    const set = growing[turn % Math.max(1, growing.length)] ?? sets[0]
    if (!set) break
    set.replicas++
    left--
  }
  return { sets, bare }
}

/** Where vk-cocoon has not been brought up to date yet, by the index of the node. */
const BEHIND: Readonly<Record<number, VkGeneration>> = { 2: 'old', 4: 'mid' }

/** One node in a fleet of three or more still runs the old vk-cocoon, another in one of five the one after that. */
function planNodes(count: number, now: number, random: Random): NodePlan[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `cocoon-${['a', 'b', 'c'][index % 3] ?? 'a'}-${String(Math.floor(index / 3) + 1).padStart(2, '0')}`,
    index,
    pool: 'default',
    generation: BEHIND[index] ?? 'new',
    room: 0,
    createdAt: now - 60 * DAY - index * 3_600_000,
    uid: random.uuid(),
  }))
}

/** Lays the fleet out over its nodes, the emptiest node first; all nodes get room for the fullest and half more. */
export function planFleet(size: FleetSize, now: number, random: Random): FleetPlan {
  const nodes = planNodes(size.nodes, now, random.fork('nodes'))
  const load = new Map(nodes.map((node) => [node, 0]))
  const emptiest = (wanted: (node: NodePlan) => boolean): NodePlan => {
    const fitting = nodes.filter(wanted)
    const candidates = fitting.length > 0 ? fitting : nodes
    const [best] = [...candidates].sort(
      (a, b) => (load.get(a) ?? 0) - (load.get(b) ?? 0) || a.index - b.index,
    )
    if (!best) throw new Error('a fleet needs at least one node')
    return best
  }
  const take = (vms: number, old: boolean) => {
    const node = emptiest((each) => (each.generation === 'old') === old)
    load.set(node, (load.get(node) ?? 0) + vms)
    return node
  }
  const counted = countOut(size)
  const sets = counted.sets.map((set): PlannedSet => {
    const node = take(1 + set.replicas + set.toolboxes.length, set.old ?? false)
    return Object.assign({}, set, { node })
  })
  const bare = Array.from({ length: counted.bare }, () => take(1, false))
  const room = Math.ceil(Math.max(16, ...load.values()) * 1.5)
  for (const node of nodes) node.room = room
  return { nodes, sets, bare }
}
