import { elapsed, formatDuration } from '../../lib/fleet/duration.ts'
import type { Vm, VmHibernation, VmSet } from '../../lib/fleet/vm.ts'

/** "3 s ago", from a moment that the cluster tells; '' when it does not. */
function since(moment: string | null, now: number): string {
  const text = formatDuration(elapsed(moment, now))
  return moment === null || moment === '' ? '' : ` ${text} ago`
}

interface DesireWords {
  noun: string
  /** The phase of a request that is worked at, and where it ends. */
  atWork: string
  done: string
  /** The operator gives up after so long (contract 5). */
  limit: string
}

const DESIRES = new Map<string, DesireWords>([
  ['Hibernate', { noun: 'for hibernation', atWork: 'Hibernating', done: 'Hibernated', limit: '3 minutes' }],
  ['Wake', { noun: 'to wake', atWork: 'Waking', done: 'Active', limit: '5 minutes' }],
])

function requestWords({ desire, phase, since: moment, message }: VmHibernation, now: number): string | null {
  const words = DESIRES.get(desire)
  if (words === undefined || phase === words.done) return null
  const asked = `Asked ${words.noun}`
  if (phase === 'Failed') {
    return `${asked}, which failed${since(moment, now)}${message === '' ? '' : `: ${message}`}.`
  }
  if (phase === 'Pending') return `${asked}${since(moment, now)}, waiting for the cluster.`
  if (phase === words.atWork) {
    return `${asked}, which began${since(moment, now)}, waiting for the cluster. The operator gives up after ${words.limit}.`
  }
  // The opposite is running, or nobody has looked at it yet: when it was asked for is not told.
  return phase === 'Hibernating' || phase === 'Waking'
    ? `${asked}: ${phase.toLowerCase()} finishes first.`
    : `${asked}, waiting for the cluster.`
}

function forksMissing(vm: Vm, set: VmSet, subAgents: number): string | null {
  const missing = set.replicas - subAgents
  if (vm.role !== 'main' || missing <= 0 || set.suspend || set.deletedAt !== null) return null
  return `${set.replicas} sub-agents asked for, ${subAgents} there so far, waiting for the cluster.`
}

/**
 * What was asked of a VM and is not there yet, from nothing but what the cluster says: every browser shows the same,
 * also after a reload. Null when there is nothing to wait for.
 */
export function askedWords(vm: Vm, set: VmSet | null, subAgents: number, now: number): string | null {
  if (vm.deletedAt !== null) {
    return `Its pod was asked to go${since(vm.deletedAt, now)}, waiting for the cluster.`
  }
  const request = vm.hibernation?.deletedAt === null ? requestWords(vm.hibernation, now) : null
  return request ?? (set === null ? null : forksMissing(vm, set, subAgents))
}
