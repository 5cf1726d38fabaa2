import { quantityValue } from '../cocoon/quantity.ts'
import type { Vm, VmNode } from './vm.ts'

export const ROOM_KINDS = ['cpu', 'memory', 'storage', 'pods'] as const

export type RoomKind = (typeof ROOM_KINDS)[number]

/** One resource of a node: cores, bytes, bytes, or pods. */
export interface RoomOf {
  kind: RoomKind
  /** What all VMs there ask for now. */
  used: number
  /** The same with the VMs that are to come. */
  after: number
  /** What the node has to give. */
  of: number
}

/** Whether VMs that are to come fit on a node, by what all VMs there ask for. */
export interface NodeRoom {
  resources: RoomOf[]
  fits: boolean
  /** How many such VMs there is room for now; null when nothing limits them. */
  more: number | null
}

type Shape = Pick<Vm, 'cpu' | 'memory' | 'storage'>

const amountOf = (quantity: string) => Math.max(0, quantityValue(quantity) ?? 0)

const ASKED: Record<RoomKind, (shape: Shape) => number> = {
  cpu: ({ cpu }) => amountOf(cpu),
  memory: ({ memory }) => amountOf(memory),
  storage: ({ storage }) => amountOf(storage),
  pods: () => 1,
}

/** Sums of decimal cores (0.1 + 0.2) are not whole in binary; nobody asks for a millionth of anything. */
const exceeds = (amount: number, limit: number) => amount > limit * (1 + 1e-9)

/**
 * What is asked of a node once `count` more VMs of a shape are there. Sleeping VMs count: their pods keep what they
 * asked for (contract 4.4). A resource that the node does not report is left out. Nothing in the cluster refuses
 * forks on a full node (contract 7), so this is to be told, not to be forbidden.
 */
export function nodeRoom(node: VmNode, vms: Iterable<Vm>, shape: Shape, count: number): NodeRoom {
  const there = [...vms].filter((vm) => vm.node === node.name)
  const resources = ROOM_KINDS.filter((kind) => node[kind] > 0).map((kind): RoomOf => {
    const used = there.reduce((sum, vm) => sum + ASKED[kind](vm), 0)
    return { kind, used, after: used + count * ASKED[kind](shape), of: node[kind] }
  })
  const rooms = resources
    .filter(({ kind }) => ASKED[kind](shape) > 0)
    .map(({ kind, used, of }) => Math.max(0, Math.floor((of * (1 + 1e-9) - used) / ASKED[kind](shape))))
  return {
    resources,
    fits: !resources.some(({ after, used, of }) => after > used && exceeds(after, of)),
    more: rooms.length === 0 ? null : Math.min(...rooms),
  }
}
