import type { ArgumentsOf } from './actions.ts'
import { mainForkable } from './fork-source.ts'
import type { VmSubject } from './subjects.ts'
import { verdictOf, type Verdict } from './verdict.ts'
import { nodeDown, vmGoing } from './vm-rules.ts'
import { because } from './wording.ts'

/** Whether a pod of no set may be made as a fork of this VM; the cluster's own dry run has the last word (contract 7, 9). */
export function forkStandalone(subject: VmSubject, { admission }: ArgumentsOf<'fork-standalone'>): Verdict {
  const { vm, node } = subject
  const reason =
    vmGoing(subject) ??
    mainForkable(vm) ??
    (vm.node === '' || vm.vmName === ''
      ? `${vm.name} has no node or VM name to fork it by: look at its pod.`
      : null) ??
    nodeDown(vm, node, 'be forked') ??
    notAdmitted(vm.name, admission)
  return verdictOf(reason, () => ({
    warnings: [`Nobody looks after a VM of no set: when it fails, nothing makes it anew.`],
    notes: [
      admission === undefined ? 'Most clusters admit only pods of the operator: a dry run tells.' : null,
      `It starts from the state that ${vm.name} had at its first fork, on node ${vm.node}.`,
    ],
  }))
}

function notAdmitted(name: string, admission: ArgumentsOf<'fork-standalone'>['admission']): string | null {
  if (admission === undefined || admission.allowed) return null
  return `This cluster does not admit a pod of no set${because(admission.message)}: fork ${name} into a set instead.`
}
