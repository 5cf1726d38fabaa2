import { DEFAULT_NODE_POOL } from '../../cocoon/keys.ts'
import { mustMove } from '../../cocoon/migration.ts'
import type { Vm, VmNode, VmPhase, VmSet } from '../vm.ts'
import { cannotSleep } from './request-rules.ts'
import { mainFailed, mainOf, nodeOf, setGoing } from './set-rules.ts'
import type { SetSubject } from './subjects.ts'
import { verdictOf, type Verdict } from './verdict.ts'
import { nodeDown } from './vm-rules.ts'
import { because } from './wording.ts'

/** Whether the main agent can be moved to `node` by `spec.nodeName`; '' lifts the pin (contract 4.6). */
export function migrate(subject: SetSubject, { node }: { node: string }): Verdict {
  const { set, nodes } = subject
  if (node === '') return unpin(set)
  const main = mainOf(subject)
  const target = nodes.find(({ name }) => name === node) ?? null
  const reason =
    setGoing(set) ??
    suspended(set) ??
    unfit(set, target, node) ??
    mainFailed(subject, 'move it') ??
    (main === null ? `Set ${set.name} has no main agent to move yet: wait until it is ready.` : null) ??
    (main === null ? null : immovable(set, main, node)) ??
    (main === null ? null : nodeDown(main, nodeOf(main, nodes), 'be moved'))
  return verdictOf(reason, () => ({
    warnings: [otherCpu(nodeOf(main, nodes), target)],
    notes: [
      `The main agent of set ${set.name} is hibernated, and goes on at node ${node} with a new VM id and usually another address.`,
      `Only the main agent moves: ${set.replicas > 0 ? 'its sub-agents stay, and later forks' : 'later forks'} run on node ${node}, from a new fork snapshot.`,
      retargeted(main, node),
    ],
  }))
}

/** Contract 4.6: clearing it half-way finishes the move on any node. */
function unpin(set: VmSet): Verdict {
  const reason = setGoing(set) ?? (set.nodeName === '' ? `Set ${set.name} is pinned to no node.` : null)
  return verdictOf(reason, () => ({
    notes: [
      set.phase === 'Migrating'
        ? `The move that has begun finishes, on any node of the pool.`
        : `The main agent of set ${set.name} stays where it is.`,
    ],
  }))
}

/** Contract 4.6: suspension comes before any move. */
function suspended(set: VmSet): string | null {
  return set.suspend ? `Set ${set.name} is suspended: resume it, then move it.` : null
}

/** The main would sleep, and then find no node that takes it (contract 1.2, 4.1, 4.6). */
function unfit(set: VmSet, target: VmNode | null, node: string): string | null {
  if (target === null) return `There is no node ${node} for VMs: choose another one.`
  const pool = set.nodePool || DEFAULT_NODE_POOL
  if (target.pool !== pool) {
    return `Node ${node} is of pool ${target.pool}, and set ${set.name} runs in pool ${pool}: choose a node of that.`
  }
  if (set.snapshotClass !== '' && target.snapshotCpuClass !== set.snapshotClass) {
    return `Node ${node} is not of the snapshot class ${set.snapshotClass} that set ${set.name} needs: choose another one.`
  }
  if (!target.ready) return `Node ${node} is not ready${because(target.message)}: choose another one.`
  return target.schedulable ? null : `Node ${node} is closed for new pods: open it, or choose another one.`
}

function immovable(set: VmSet, main: Vm, node: string): string | null {
  const moving = main.phase === 'migrating'
  if (set.nodeName === node && (moving || mustMove(main.node, node))) {
    return `${main.name} is on its way to node ${node} already.`
  }
  if (moving) return null
  if (main.node === node) return `${main.name} runs on node ${node} already.`
  return cannotSleep(main) ?? BY_PHASE[main.phase](main)
}

const notYet = ({ name }: Vm) => `${name} is not ready yet: move it when it is.`

const BY_PHASE: Record<VmPhase, (main: Vm) => string | null> = {
  // Contract 4.6: there is nothing to move yet, and the pod keeps the affinity that it was made with.
  scheduling: notYet,
  creating: notYet,
  waking: ({ name }) => `${name} is waking: move it when it is ready.`,
  ready: () => null,
  unreachable: () => null,
  hibernating: ({ name }) => `${name} is hibernating: wake it, then move it.`,
  // The move ends with a VM that lives, which the request to sleep would not let it.
  hibernated: ({ name }) => `${name} is hibernated: wake it, then move it.`,
  migrating: () => null,
  deleting: ({ name }) => `${name} is being deleted: wait until it is gone.`,
  failed: ({ name }) => `${name} has failed: restart it, then move it.`,
  unknown: ({ name, message }) =>
    `What ${name} is doing is not known${because(message)}: wait until its node says, or look at its pod.`,
}

/** Contract 1.2: memory that was saved on one kind of processor may not wake on another. */
function otherCpu(from: VmNode | null, target: VmNode | null): string | null {
  if (from === null || target === null || from.snapshotCpuClass === target.snapshotCpuClass) return null
  return `Nodes ${from.name} and ${target.name} are of different snapshot CPU classes (${from.snapshotCpuClass || 'none'} and ${target.snapshotCpuClass || 'none'}), so the VM may not wake there.`
}

function retargeted(main: Vm | null, node: string): string | null {
  if (main?.phase !== 'migrating') return null
  return `${main.name} is moving already: the move now ends on node ${node}.`
}
