import { can } from '../../lib/fleet/can/can.ts'
import type { VmSubject } from '../../lib/fleet/can/subjects.ts'
import type { Verdict } from '../../lib/fleet/can/verdict.ts'
import { deletionWrite } from '../../lib/fleet/writes/deletion-write.ts'
import { desireWrite } from '../../lib/fleet/writes/hibernation-writes.ts'
import type { PlannedWrite } from '../../lib/fleet/writes/planned-write.ts'
import { forkWrite } from '../../lib/fleet/writes/set-writes.ts'
import type { VmAction, Wish, WishField } from './act.ts'
import { forks } from './fork-words.ts'

/** What one action on a subject is called, does, and writes. */
export interface Planner<Subject> {
  field: WishField
  judge(subject: Subject, wish: Wish): Verdict
  /** Null where there is nothing to write to; the verdict then says why. */
  write(subject: Subject, wish: Wish): PlannedWrite | null
  /** The question, with the name of the object. */
  title(subject: Subject, wish: Wish): string
  /** One sentence: what happens after the click. */
  happens(subject: Subject, wish: Wish): string
  /** The word on the button that does it. */
  confirm: string
  /** What the wish replaces: the server asks anew when somebody else has changed it since. */
  seen?(subject: Subject): number | string
  /** What a screen reader hears once it was asked for. */
  asked(subject: Subject, wish: Wish): string
}

export const VM_PLANS: Record<VmAction, Planner<VmSubject>> = {
  hibernate: {
    field: null,
    judge: (subject) => can.hibernate(subject),
    write: ({ vm }) =>
      desireWrite(vm, vm.hibernation && { ...vm.hibernation, namespace: vm.namespace }, 'Hibernate'),
    title: ({ vm }) => `Hibernate ${vm.name}?`,
    happens: ({ vm }) =>
      `Its memory is saved to the registry and ${vm.name} stops. Waking it takes up exactly where it was.`,
    confirm: 'Hibernate',
    asked: ({ vm }) => `Asked for the hibernation of ${vm.name}.`,
  },
  wake: {
    field: null,
    judge: (subject) => can.wake(subject),
    write: ({ vm }) =>
      desireWrite(vm, vm.hibernation && { ...vm.hibernation, namespace: vm.namespace }, 'Wake'),
    title: ({ vm }) => `Wake ${vm.name}?`,
    happens: ({ vm }) => `${vm.name} is restored from its saved memory and goes on where it was.`,
    confirm: 'Wake',
    asked: ({ vm }) => `Asked to wake ${vm.name}.`,
  },
  fork: {
    field: 'count',
    judge: (subject, { count }) => can.fork(subject, { count }),
    write: ({ set }, { count }) => (set === null ? null : forkWrite(set, count)),
    title: ({ vm }) => `Fork ${vm.name}?`,
    happens: ({ vm, set }, { count }) => forks(set?.name ?? '', vm.name, set?.replicas ?? 0, count),
    confirm: 'Fork',
    asked: ({ vm }, { count }) => `Asked for ${count} more of ${vm.name}.`,
  },
  restart: {
    field: null,
    judge: (subject) => can.restart(subject),
    write: ({ vm }) => deletionWrite('pods', vm),
    title: ({ vm }) => `Restart ${vm.name}?`,
    happens: ({ vm }) => `The pod of ${vm.name} is deleted, and its set makes it anew under the same name.`,
    confirm: 'Restart',
    asked: ({ vm }) => `Asked to restart ${vm.name}.`,
  },
}
