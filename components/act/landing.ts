import { oldestFork } from '../../lib/fleet/fork-snapshot.ts'
import { nodeRoom } from '../../lib/fleet/node-room.ts'
import type { NodeRoom } from '../../lib/fleet/node-room.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import type { Rows } from './subject-of.ts'

/** VMs that come to a node, shaped as one that is there. */
export interface Arrival {
  vm: Vm
  node: string
  count: number
  /** `forks` are put there whether they fit or not; a VM that `moves` waits until it fits (contract 4.6, 7). */
  how: 'forks' | 'moves'
}

/** Where VMs will be, and whether there is room. */
export interface Landing extends Arrival {
  /** Null when the node cannot be read. */
  room: NodeRoom | null
  /** Of forks: the oldest one that is there already, which tells how old their snapshot is at least. */
  oldest: Vm | null
}

/** Forks land where their source is; null when it is nowhere, or none is asked for. */
export const forksOf = (vm: Vm | null, count: number): Arrival | null =>
  vm === null || vm.node === '' || !(count > 0) ? null : { vm, node: vm.node, count, how: 'forks' }

/** What is known of the place where VMs are to come. */
export function landingOf({ vms, nodes }: Rows, arrival: Arrival): Landing {
  const { vm, node: name, count, how } = arrival
  const node = [...nodes.values()].find((each) => each.name === name)
  return {
    ...arrival,
    room: node === undefined ? null : nodeRoom(node, vms.values(), vm, count),
    oldest: how === 'forks' ? oldestFork(vm, vms.values()) : null,
  }
}
