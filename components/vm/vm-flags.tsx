import { Ban, FileWarning, Lock, Terminal } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { picture } from '../ui/picture.ts'
import type { Vm } from '../../lib/fleet/vm.ts'

interface Flag {
  key: string
  Icon: LucideIcon
  tone: 'failed' | 'unreachable' | 'scheduling'
  holds: (vm: Vm) => boolean
  says: (vm: Vm) => string
}

/** What is worth knowing about a VM beside its phase. */
const FLAGS: readonly Flag[] = [
  {
    key: 'dead-letter',
    Icon: Ban,
    tone: 'failed',
    holds: (vm) => vm.deadLetter,
    says: () => 'The operator has given up rebuilding it. Delete its pod to start over.',
  },
  {
    key: 'hint',
    Icon: Terminal,
    tone: 'unreachable',
    holds: (vm) => vm.postCloneHint !== '',
    says: () => 'The guest still needs commands after its clone: open it to see them.',
  },
  {
    key: 'problems',
    Icon: FileWarning,
    tone: 'unreachable',
    holds: (vm) => vm.problems.length > 0,
    says: (vm) => `Not everything about it could be read:\n${vm.problems.join('\n')}`,
  },
  {
    key: 'static',
    Icon: Lock,
    tone: 'scheduling',
    holds: (vm) => !vm.managed,
    says: () => 'Static: Cocoon shows it but does not run it.',
  },
]

/** Small marks beside a VM's name; each says on hover what it means. */
export function VmFlags({ vm }: { vm: Vm }) {
  return FLAGS.filter((flag) => flag.holds(vm)).map(({ key, Icon, tone, says }) => (
    <span key={key} {...picture(says(vm))} data-phase={tone} className="text-phase-ink">
      <Icon size={13} strokeWidth={1.75} />
    </span>
  ))
}
