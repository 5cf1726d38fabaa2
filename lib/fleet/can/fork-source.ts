import type { Vm, VmPhase } from '../vm.ts'
import { because } from './wording.ts'

/** Whether a running VM can be cloned as it is: contract 7 wants a Ready one that is neither static nor macOS. */
export function mainForkable(vm: Vm): string | null {
  return cannotBeCopied(vm) ?? BY_PHASE[vm.deletedAt === null ? vm.phase : 'deleting'](vm)
}

/** Contract 7: of these no snapshot can be taken. */
export function cannotBeCopied({ name, managed, os }: Vm): string | null {
  if (!managed) return `${name} is a static VM, which Cocoon shows but does not run, so it cannot be forked.`
  return os === 'macos' ? `${name} runs macOS, and macOS guests cannot be forked.` : null
}

const notYet = ({ name }: Vm) => `${name} is not ready yet: fork it when it is.`

const BY_PHASE: Record<VmPhase, (vm: Vm) => string | null> = {
  scheduling: notYet,
  creating: notYet,
  waking: ({ name }) => `${name} is waking: fork it when it is ready.`,
  ready: () => null,
  unreachable: ({ name, message }) =>
    `${name} does not answer its probe${because(message)}, and only a ready VM is forked: bring it back first.`,
  hibernating: ({ name }) => `${name} is hibernating: wake it, then fork.`,
  hibernated: ({ name }) => `${name} is hibernated: wake it, then fork.`,
  migrating: ({ name }) => `${name} is moving to another node: fork it when it has arrived.`,
  deleting: ({ name }) => `${name} is being deleted: wait until it is gone.`,
  failed: ({ name, message }) => `${name} has failed${because(message)}: restart it, then fork.`,
  unknown: ({ name, message }) =>
    `What ${name} is doing is not known${because(message)}, and only a ready VM is forked: look at its pod.`,
}
