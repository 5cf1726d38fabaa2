import { can } from '../../fleet/can/can.ts'
import { projectSet } from '../../fleet/project-set.ts'
import { fieldsOf } from '../../fleet/reader.ts'
import { deletionWrite } from '../../fleet/writes/deletion-write.ts'
import { setFromVm } from '../../fleet/writes/new-set.ts'
import type { NewSetWish } from '../../fleet/writes/new-set.ts'
import { createSetWrite, forkWrite } from '../../fleet/writes/set-writes.ts'
import { standaloneForkWrite } from '../../fleet/writes/standalone-pod.ts'
import type { Deed, Target } from './deed.ts'
import { managerOf } from './last-writer.ts'
import { familyWitnesses, lookAtVm } from './look-at-vm.ts'
import type { LiveVm } from './look-at-vm.ts'
import { noAnswer } from './refusal-problem.ts'
import { sendWrite } from './send-write.ts'

const nameOf = ({ namespace, name }: Target) => `VM ${namespace}/${name}`

/** Deletes the pod: one of a set is made anew, one of no set is gone (contract 10). */
export const deletePodDeed = (action: 'restart' | 'delete-vm', target: Target): Deed<LiveVm> => ({
  action,
  target,
  failure: `${nameOf(target)} was not ${action === 'restart' ? 'restarted' : 'deleted'}`,
  witnesses: familyWitnesses,
  look: (acting) => lookAtVm(acting, target),
  judge: ({ subject }) => can[action](subject),
  basis: ({ pod }) => pod,
  plan: () => deletionWrite('pods', target),
})

/** `count` more sub-agents of the set whose main agent this is. */
export const forkVmDeed = (target: Target, count: number): Deed<LiveVm> => ({
  action: 'fork',
  target,
  failure: `${nameOf(target)} was not forked`,
  witnesses: familyWitnesses,
  look: (acting) => lookAtVm(acting, target),
  judge: ({ subject }) => can.fork(subject, { count }),
  basis: ({ set }) => set,
  plan: ({ set }) => forkWrite(projectSet(set), count),
})

/** A new CocoonSet from the VM's hibernate snapshot. */
export const forkIntoSetDeed = (target: Target, wish: NewSetWish): Deed<LiveVm> => ({
  action: 'fork-into-set',
  target,
  failure: `CocoonSet ${wish.namespace}/${wish.name} was not made from ${nameOf(target)}`,
  witnesses: familyWitnesses,
  look: (acting) => lookAtVm(acting, target),
  judge: ({ subject }) => can['fork-into-set'](subject),
  basis: () => null,
  plan: ({ subject, set }) =>
    createSetWrite(setFromVm(subject.vm, set === null ? null : fieldsOf(set.spec), wish)),
})

interface LiveSource extends LiveVm {
  admission: { allowed: boolean; message: string }
}

/** A pod of no set that forks this VM, where admission lets it (design 4). */
export const forkStandaloneDeed = (target: Target, name: string): Deed<LiveSource> => {
  const failure = `VM ${target.namespace}/${name} was not made from ${nameOf(target)}`
  return {
    action: 'fork-standalone',
    target,
    failure,
    witnesses: familyWitnesses,
    async look(acting) {
      const live = await lookAtVm(acting, target)
      const write = standaloneForkWrite(live.pod, name)
      const tried = await sendWrite({ ...acting, dryRun: true }, write, managerOf('try'))
      if (tried.kind === 'unanswered') throw noAnswer(failure, tried.why)
      const message = tried.kind === 'refused' ? tried.refusal.message : ''
      return { ...live, admission: { allowed: tried.kind === 'ok', message } }
    },
    judge: ({ subject, admission }) => can['fork-standalone'](subject, { admission }),
    basis: () => null,
    plan: ({ pod }) => standaloneForkWrite(pod, name),
  }
}
