import { elapsed, formatDuration } from '../../../lib/fleet/duration.ts'
import type { NodeRoom } from '../../../lib/fleet/node-room.ts'
import type { Landing } from '../landing.ts'

/** How many more there is room for, beside the name of the node. */
export function roomWords({ more }: NodeRoom): string {
  if (more === null) return ''
  return more === 0 ? 'room for none' : `room for ${more} more`
}

/** What it means that there is no room; '' while there is, and while that is not known. */
export function fullWords({ room, node, how }: Landing): string {
  if (room === null || room.fits) return ''
  return how === 'forks'
    ? `Node ${node} has no room for that. Nothing in the cluster stops it: VMs there may become slow, or fail to start.`
    : `Node ${node} has no room for it now: it sleeps until there is.`
}

/** How old the state is that forks start from, as far as it is told (contract 7); '' when no fork is made. */
export function snapshotWords({ vm, oldest, how }: Landing, now: number): string {
  if (how !== 'forks') return ''
  if (oldest === null) {
    return `No fork of ${vm.name} is there now: the fork snapshot is taken with this one, unless there was one before.`
  }
  const age = formatDuration(elapsed(oldest.createdAt, now))
  return `The fork snapshot is ${age} old or older: ${oldest.name} started from it then.`
}
