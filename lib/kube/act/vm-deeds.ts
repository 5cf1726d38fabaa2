import { can } from '../../fleet/can/can.ts'
import { projectSet } from '../../fleet/project-set.ts'
import { fieldsOf } from '../../fleet/reader.ts'
import { deletionWrite } from '../../fleet/writes/deletion-write.ts'
import { setFromVm } from '../../fleet/writes/new-set.ts'
import type { NewSetWish } from '../../fleet/writes/new-set.ts'
import { createSetWrite, forkWrite } from '../../fleet/writes/set-writes.ts'
import { standaloneForkWrite } from '../../fleet/writes/standalone-pod.ts'
import { Refused } from '../problem.ts'
import type { Acting, Deed, Target } from './deed.ts'
import { managerOf } from './last-writer.ts'
import { familyWitnesses, lookAtVm } from './look-at-vm.ts'
import type { LiveVm } from './look-at-vm.ts'
import { noAnswer, refusalProblem } from './refusal-problem.ts'
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
  detail: `${count} more`,
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
  detail: `${wish.namespace}/${wish.name}`,
  target,
  failure: `CocoonSet ${wish.namespace}/${wish.name} was not made from ${nameOf(target)}`,
  witnesses: familyWitnesses,
  look: (acting) => lookAtVm(acting, target),
  judge: ({ subject }) => can['fork-into-set'](subject),
  basis: () => null,
  plan: ({ subject, set }) =>
    createSetWrite(setFromVm(subject.vm, set === null ? null : fieldsOf(set.spec), wish)),
})

/**
 * Tries the pod on the cluster, most of which admit none but the operator's.
 * @throws Refused when this one does not, either
 */
async function requireAdmitted(acting: Acting, { subject, pod }: LiveVm, name: string, failure: string) {
  const tried = await sendWrite(
    { ...acting, dryRun: true },
    standaloneForkWrite(pod, name),
    managerOf('dry-run'),
  )
  if (tried.kind === 'ok') return
  if (tried.kind === 'unanswered') throw noAnswer(failure, tried.why)
  const problem = refusalProblem(tried.refusal, failure)
  if (problem.code !== 'admission-denied') throw new Refused(problem)
  const admission = { allowed: false, message: tried.refusal.message }
  const verdict = can['fork-standalone'](subject, { admission })
  throw new Refused(verdict.ok ? problem : { ...problem, detail: verdict.reason })
}

/** A pod of no set that forks this VM, where admission lets it (design 4). */
export const forkStandaloneDeed = (target: Target, name: string): Deed<LiveVm> => {
  const failure = `VM ${target.namespace}/${name} was not made from ${nameOf(target)}`
  return {
    action: 'fork-standalone',
    detail: name,
    target,
    failure,
    witnesses: familyWitnesses,
    async look(acting) {
      const live = await lookAtVm(acting, target)
      if (can['fork-standalone'](live.subject, {}).ok) await requireAdmitted(acting, live, name, failure)
      return live
    },
    judge: ({ subject }) => can['fork-standalone'](subject, { admission: { allowed: true, message: '' } }),
    basis: () => null,
    plan: ({ pod }) => standaloneForkWrite(pod, name),
  }
}
