import { can } from '../../lib/fleet/can/can.ts'
import type { VmSubject } from '../../lib/fleet/can/subjects.ts'
import { deletionWrite } from '../../lib/fleet/writes/deletion-write.ts'
import { desireWrite } from '../../lib/fleet/writes/hibernation-writes.ts'
import { forkWrite } from '../../lib/fleet/writes/set-writes.ts'
import type { VmAction } from './act.ts'
import { forks, forkWords } from './fork-words.ts'
import { forksOf } from './landing.ts'
import type { Planner } from './planner.ts'

const requestFor = ({ vm }: VmSubject) => vm.hibernation && { ...vm.hibernation, namespace: vm.namespace }

export const VM_PLANS: Record<VmAction, Planner<VmSubject>> = {
  hibernate: {
    field: null,
    judge: (subject) => can.hibernate(subject),
    write: (subject) => desireWrite(subject.vm, requestFor(subject), 'Hibernate'),
    title: ({ vm }) => `Hibernate ${vm.name}?`,
    happens: ({ vm }) =>
      `Its memory is saved to the registry and ${vm.name} stops. Waking it takes up exactly where it was.`,
    confirm: 'Hibernate',
    asked: ({ vm }) => `Asked for the hibernation of ${vm.name}.`,
  },
  wake: {
    field: null,
    judge: (subject) => can.wake(subject),
    write: (subject) => desireWrite(subject.vm, requestFor(subject), 'Wake'),
    title: ({ vm }) => `Wake ${vm.name}?`,
    happens: ({ vm }) => `${vm.name} is restored from its saved memory and goes on where it was.`,
    confirm: 'Wake',
    asked: ({ vm }) => `Asked to wake ${vm.name}.`,
  },
  fork: {
    field: 'count',
    judge: (subject, { count }) => can.fork(subject, { count }),
    write: ({ set }, { count }) => (set === null ? null : forkWrite(set, count)),
    lands: ({ vm }, { count }) => forksOf(vm, count),
    title: ({ vm }) => `Fork ${vm.name}?`,
    happens: ({ vm, set }, { count }) => forks(set?.name ?? '', vm.name, set?.replicas ?? 0, count),
    confirm: forkWords,
    asked: ({ vm }, { count }) => `Asked for ${count} more of ${vm.name}.`,
  },
  'fork-into-set': {
    field: 'intoSet',
    route: { method: 'POST', action: 'fork' },
    judge: (subject) => can['fork-into-set'](subject),
    write: () => null,
    title: ({ vm }) => `Fork ${vm.name} into a new set?`,
    happens: ({ vm }) =>
      `A new CocoonSet is made, whose main agent starts from the saved memory of ${vm.name}.`,
    confirm: 'Make the set',
    asked: ({ vm }, { intoSet }) => `Asked for set ${intoSet.name} from ${vm.name}.`,
  },
  'fork-standalone': {
    field: 'pod',
    route: { method: 'POST', action: 'fork' },
    judge: (subject) => can['fork-standalone'](subject, {}),
    write: () => null,
    lands: ({ vm }) => forksOf(vm, 1),
    title: ({ vm }) => `Fork ${vm.name} as a VM of no set?`,
    happens: ({ vm }) => `A pod of no set is made, whose VM is cloned from ${vm.name} on the same node.`,
    confirm: 'Fork',
    asked: ({ vm }, { pod }) => `Asked for ${pod}, forked from ${vm.name}.`,
  },
  restart: {
    field: null,
    judge: (subject) => can.restart(subject),
    write: ({ vm }) => deletionWrite('pods', vm),
    title: ({ vm }) => `Restart ${vm.name}?`,
    happens: ({ vm }) => `The pod of ${vm.name} is deleted, and its set makes it anew under the same name.`,
    confirm: 'Restart',
    typed: 'when lost',
    asked: ({ vm }) => `Asked to restart ${vm.name}.`,
  },
  'delete-vm': {
    field: null,
    route: { method: 'DELETE' },
    judge: (subject) => can['delete-vm'](subject),
    write: ({ vm }) => deletionWrite('pods', vm),
    title: ({ vm }) => `Delete ${vm.name}?`,
    happens: ({ vm }) => `The pod of ${vm.name} is deleted, and nothing makes it anew.`,
    confirm: 'Delete',
    typed: 'always',
    asked: ({ vm }) => `Asked to delete ${vm.name}.`,
  },
  'remove-hibernation': {
    field: null,
    route: {
      method: 'DELETE',
      target: ({ vm }) =>
        vm.hibernation && {
          collection: 'hibernations',
          name: vm.hibernation.name,
          uid: vm.hibernation.uid,
        },
    },
    judge: ({ vm, set }) =>
      vm.hibernation === null
        ? { ok: false, reason: `Nobody has asked ${vm.name} to hibernate or to wake: no request is there.` }
        : can['remove-hibernation']({ hibernation: vm.hibernation, vm, set }),
    write: (subject) => {
      const request = requestFor(subject)
      return request && deletionWrite('cocoonhibernations', request)
    },
    title: ({ vm }) => `Remove the hibernation request of ${vm.name}?`,
    happens: ({ vm }) =>
      `The CocoonHibernation ${vm.hibernation?.name ?? vm.name} is deleted. That is no way to wake ${vm.name}.`,
    confirm: 'Remove',
    typed: 'when lost',
    asked: ({ vm }) => `Asked to remove the hibernation request of ${vm.name}.`,
  },
}
