import { releaseForbids } from '../../cocoon/transitions.ts'
import type { Vm, VmNode, VmSet } from '../vm.ts'
import { mainForkable } from './fork-source.ts'
import { isWhole, mainOf, MOST_REPLICAS, nodeOf, setGoing } from './set-rules.ts'
import type { SetSubject, VmSubject } from './subjects.ts'
import { verdictOf, type Verdict } from './verdict.ts'
import { nodeDown } from './vm-rules.ts'
import { agree, counted } from './wording.ts'

interface Fork {
  set: VmSet
  main: Vm | null
  node: VmNode | null
  count: number
}

/** Whether `count` more sub-agents can be forked now, asked of the set or of its main agent (contract 7, 10). */
export function fork(subject: VmSubject | SetSubject, { count }: { count: number }): Verdict {
  if ('vms' in subject) {
    const main = mainOf(subject)
    return forkOf({ set: subject.set, main, node: nodeOf(main, subject.nodes), count })
  }
  const { vm, set, node } = subject
  const reason = notTheMain(subject)
  return reason !== null || set === null ? verdictOf(reason) : forkOf({ set, main: vm, node, count })
}

/** Contract 7: forks are sub-agents of a set, and always of its main agent. */
function notTheMain({ vm, set, main }: VmSubject): string | null {
  if (vm.set === null)
    return `${vm.name} belongs to no set, and only a set's main agent can be forked into it.`
  if (set === null) return `Set ${vm.set} cannot be read, so ${vm.name} cannot be forked.`
  if (vm.role === 'main') return null
  return `Forks are copies of the main agent, which ${vm.name} is not: fork ${main?.name ?? `set ${set.name}`} instead.`
}

function forkOf(request: Fork): Verdict {
  const { set, main, node, count } = request
  const reason =
    setGoing(set) ??
    wrongCount(set, count) ??
    suspended(set) ??
    released(set, count) ??
    noMain(set, main) ??
    (main === null ? null : (mainForkable(main) ?? nodeDown(main, node, 'be forked')))
  return verdictOf(reason, () => ({
    notes: [snapshot(main), place(main, node, count), fixUp(main)],
  }))
}

function wrongCount(set: VmSet, count: number): string | null {
  if (!isWhole(count, 1)) return `Set ${set.name} can be forked by a whole number from 1 up, not by ${count}.`
  if (set.replicas + count <= MOST_REPLICAS) return null
  return `Set ${set.name} has ${counted(set.replicas, 'sub-agent')} and cannot have ${count} more: ${MOST_REPLICAS} is the most.`
}

/** Contract 10: nothing is created for a suspended set. */
function suspended(set: VmSet): string | null {
  return set.suspend ? `Set ${set.name} is suspended: resume it, then fork.` : null
}

/** Contract 3.1: the API server refuses it, too. */
function released(set: VmSet, count: number): string | null {
  if (!releaseForbids(set.hibernatePolicy, set.replicas + count, set.toolboxes)) return null
  return `Set ${set.name} has hibernatePolicy release, which allows no sub-agents: change it to retain, then fork.`
}

function noMain(set: VmSet, main: Vm | null): string | null {
  return main === null ? `Set ${set.name} has no main agent yet: wait until it is ready.` : null
}

/** Contract 7: the snapshot is taken once, and reused by all later forks and rebuilds. */
function snapshot(main: Vm | null): string | null {
  if (main === null) return null
  return `Forks start from the state that ${main.name} had at its first fork; the first one pauses it for about 2 seconds per GiB of memory.`
}

/** Contract 4.1, 7: sub-agents are bound to the main's node without asking the scheduler. */
function place(main: Vm | null, node: VmNode | null, count: number): string | null {
  if (main === null || main.node === '') return null
  const closed = node?.schedulable === false ? ', although it is closed for new pods' : ''
  return `The new ${agree(count, 'VM is', 'VMs are')} put on node ${main.node} whether it has room or not${closed}.`
}

/** Contract 6.1, 7. */
function fixUp(main: Vm | null): string | null {
  if (main?.backend !== 'firecracker') return null
  return `Clones on firecracker get their network from the guest's agent: without one in the image they fail.`
}
