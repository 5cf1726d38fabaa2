import type { Vm } from '../../lib/fleet/vm.ts'

/** The role of a VM in its set, with its slot: "main", "sub-agent 2", "toolbox"; '' for a bare VM. */
export function roleWords({ role, slot }: Pick<Vm, 'role' | 'slot'>): string {
  if (role === null) return ''
  return role === 'sub-agent' && slot !== null ? `${role} ${slot}` : role
}
