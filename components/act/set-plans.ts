import { can } from '../../lib/fleet/can/can.ts'
import { surplus } from '../../lib/fleet/can/scale.ts'
import { mainOf } from '../../lib/fleet/can/set-rules.ts'
import type { SetSubject } from '../../lib/fleet/can/subjects.ts'
import { deletionWrite } from '../../lib/fleet/writes/deletion-write.ts'
import { forkWrite, migrateWrite, scaleWrite, suspendWrite } from '../../lib/fleet/writes/set-writes.ts'
import type { SetAction } from './act.ts'
import { forks, forkWords } from './fork-words.ts'
import { forksOf } from './landing.ts'
import type { Planner } from './planner.ts'

const mainName = (subject: SetSubject) => mainOf(subject)?.name ?? ''

const subAgents = (count: number) => `${count} sub-agent${count === 1 ? '' : 's'}`

export const SET_PLANS: Record<SetAction, Planner<SetSubject>> = {
  suspend: {
    field: null,
    judge: (subject) => can.suspend(subject),
    write: ({ set }) => suspendWrite(set, true),
    title: ({ set }) => `Suspend ${set.name}?`,
    happens: ({ set, vms }) =>
      `All VMs of set ${set.name} (${vms.length}) save their memory and stop, until the set is resumed.`,
    confirm: 'Suspend',
    asked: ({ set }) => `Asked to suspend set ${set.name}.`,
  },
  resume: {
    field: null,
    judge: (subject) => can.resume(subject),
    write: ({ set }) => suspendWrite(set, false),
    title: ({ set }) => `Resume ${set.name}?`,
    happens: ({ set }) => `All VMs of set ${set.name} are restored from their saved memory.`,
    confirm: 'Resume',
    asked: ({ set }) => `Asked to resume set ${set.name}.`,
  },
  fork: {
    field: 'count',
    judge: (subject, { count }) => can.fork(subject, { count }),
    write: ({ set }, { count }) => forkWrite(set, count),
    lands: (subject, { count }) => forksOf(mainOf(subject), count),
    title: ({ set }) => `Fork ${set.name}?`,
    happens: (subject, { count }) => forks(subject.set.name, mainName(subject), subject.set.replicas, count),
    confirm: forkWords,
    asked: ({ set }, { count }) => `Asked for ${count} more in set ${set.name}.`,
  },
  scale: {
    field: 'replicas',
    seen: ({ set }) => set.replicas,
    judge: (subject, { replicas }) => can.scale(subject, { replicas }),
    write: ({ set }, { replicas }) => scaleWrite(set, replicas),
    lands: (subject, { replicas }) => forksOf(mainOf(subject), replicas - subject.set.replicas),
    goes: (subject, { replicas }) => surplus(subject, replicas),
    title: ({ set }) => `Scale ${set.name}?`,
    happens: ({ set }, { replicas }) =>
      `Set ${set.name} has ${subAgents(set.replicas)} besides its main agent, and is to have ${replicas}.`,
    confirm: 'Scale',
    typed: 'when lost',
    asked: ({ set }, { replicas }) => `Asked for ${subAgents(replicas)} in set ${set.name}.`,
  },
  migrate: {
    field: 'node',
    seen: ({ set }) => set.nodeName,
    judge: (subject, { node }) => can.migrate(subject, { node }),
    write: ({ set }, { node }) => migrateWrite(set, node),
    lands(subject, { node }) {
      const vm = mainOf(subject)
      return vm === null || node === '' || node === vm.node ? null : { vm, node, count: 1, how: 'moves' }
    },
    title: ({ set }) => `Move ${set.name}?`,
    happens: (subject, { node }) =>
      node === ''
        ? `Set ${subject.set.name} is no longer pinned to a node: nothing moves now.`
        : `The main agent ${mainName(subject)} is hibernated, and woken on node ${node}.`,
    confirm: 'Move',
    asked: ({ set }, { node }) =>
      node === '' ? `Asked to unpin set ${set.name}.` : `Asked to move set ${set.name} to ${node}.`,
  },
  'delete-set': {
    field: null,
    route: { method: 'DELETE' },
    judge: (subject) => can['delete-set'](subject),
    write: ({ set }) => deletionWrite('cocoonsets', set),
    goes: ({ vms }) => vms,
    title: ({ set }) => `Delete set ${set.name}?`,
    happens: ({ set, vms }) =>
      vms.length === 0
        ? `The set ${set.name} is deleted. It has no VMs now.`
        : `The set ${set.name} is deleted with all its VMs (${vms.length}).`,
    confirm: 'Delete set',
    typed: 'always',
    asked: ({ set }) => `Asked to delete set ${set.name}.`,
  },
}
