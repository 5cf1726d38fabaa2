import { can } from '../can/can.ts'
import { lackOf, unlessLacking } from '../can/needs.ts'
import type { RightsIn } from '../can/rights.ts'
import type { SetSubject, VmSubject } from '../can/subjects.ts'
import type { Verdict } from '../can/verdict.ts'
import type { Present } from '../selection/present.ts'
import type { Vm, VmSet } from '../vm.ts'
import { deletionWrite } from '../writes/deletion-write.ts'
import { desireWrite } from '../writes/hibernation-writes.ts'
import type { Desire } from '../writes/hibernation-writes.ts'
import type { PlannedWrite } from '../writes/planned-write.ts'
import { forkWrite, migrateWrite, scaleWrite, suspendWrite } from '../writes/set-writes.ts'
import type { BulkAction, BulkArguments, BulkTarget } from './actions.ts'
import type { Surroundings } from './surroundings.ts'

/** One VM or set of a selection, and what one action would do to it. */
export interface Candidate {
  target: BulkTarget
  /** The row that was chosen; for a request for sleep, the VM's, not the request's. */
  row: { kind: 'vm' | 'set'; uid: string; namespace: string; name: string }
  /** What a verdict may name beside the row: '' for none. */
  around: { set: string; vmName: string; main: string; mainVmName: string }
  /** The right that is missing for it, as a sentence; null when none is. */
  lack: string | null
  verdict: Verdict
  /** Null where the verdict says why not. */
  write(): PlannedWrite | null
}

/** Who is asked, as the fleet is now. */
interface Asked {
  present: Present
  surroundings: Surroundings
  given: BulkArguments
  /** What is not known denies nothing. */
  rights: RightsIn
}

type Finder = (asked: Asked) => Candidate[]

const placeOf = ({ uid, namespace, name }: Vm | VmSet) => ({ uid, namespace, name })

const aroundOf = (set: string | null, vmName: string, main: Vm | null) => ({
  set: set ?? '',
  vmName,
  main: main?.name ?? '',
  mainVmName: main?.vmName ?? '',
})

/** The CocoonHibernation of a VM; of one that has none, the VM itself, whose verdict then says so. */
const requestOf = ({ namespace, hibernation, ...vm }: Vm): BulkTarget => {
  const { name, uid } = hibernation ?? vm
  return { namespace, name, uid }
}

type VmRule = 'hibernate' | 'wake' | 'fork' | 'restart' | 'delete-vm' | 'remove-hibernation'

function vmLack(action: VmRule, { vm, ...around }: VmSubject, rights: RightsIn): string | null {
  const held = rights.get(vm.namespace)
  if (action !== 'remove-hibernation') return lackOf(action, { vm, ...around }, held)
  const { hibernation } = vm
  return hibernation && lackOf(action, { hibernation, vm, set: around.set }, held)
}

/** An action on VMs, each by its pod unless told otherwise. */
const onVms =
  (
    action: VmRule,
    judge: (subject: VmSubject, given: BulkArguments) => Verdict,
    write: (subject: VmSubject, given: BulkArguments) => PlannedWrite | null,
    targetOf: (vm: Vm) => BulkTarget = placeOf,
  ): Finder =>
  ({ present, surroundings, given, rights }) =>
    present.vms.map((vm) => {
      const subject = surroundings.ofVm(vm)
      const lack = vmLack(action, subject, rights)
      return {
        target: targetOf(vm),
        row: { kind: 'vm', ...placeOf(vm) },
        around: aroundOf(vm.set, vm.vmName, subject.main),
        lack,
        verdict: unlessLacking(lack, judge(subject, given)),
        write: () => write(subject, given),
      }
    })

/** An action on sets; `seen` is what its argument replaces. */
const onSets =
  (
    action: 'suspend' | 'resume' | 'fork' | 'scale' | 'migrate' | 'delete-set',
    judge: (subject: SetSubject, given: BulkArguments) => Verdict,
    write: (subject: SetSubject, given: BulkArguments) => PlannedWrite | null,
    seen?: (set: VmSet) => number | string,
  ): Finder =>
  ({ present, surroundings, given, rights }) =>
    present.sets.map((set) => {
      const subject = surroundings.ofSet(set)
      const lack = lackOf(action, subject, rights.get(set.namespace))
      return {
        target: { ...placeOf(set), ...(seen === undefined ? {} : { seen: seen(set) }) },
        row: { kind: 'set', ...placeOf(set) },
        around: aroundOf(set.name, '', subject.vms.find(({ role }) => role === 'main') ?? null),
        lack,
        verdict: unlessLacking(lack, judge(subject, given)),
        write: () => write(subject, given),
      }
    })

const desire =
  (wanted: Desire) =>
  ({ vm }: VmSubject) =>
    desireWrite(vm, vm.hibernation && { ...vm.hibernation, namespace: vm.namespace }, wanted)

/** All candidates of an action in a selection, each with its verdict. The tables of lib/fleet/can decide, nothing here. */
export const CANDIDATES: Record<BulkAction, Finder> = {
  hibernate: onVms('hibernate', (subject) => can.hibernate(subject), desire('Hibernate')),
  wake: onVms('wake', (subject) => can.wake(subject), desire('Wake')),
  fork: onVms(
    'fork',
    (subject, { count }) => can.fork(subject, { count }),
    ({ set }, { count }) => set && forkWrite(set, count),
  ),
  restart: onVms(
    'restart',
    (subject) => can.restart(subject),
    ({ vm }) => deletionWrite('pods', vm),
  ),
  'delete-vm': onVms(
    'delete-vm',
    (subject) => can['delete-vm'](subject),
    ({ vm }) => deletionWrite('pods', vm),
  ),
  'remove-hibernation': onVms(
    'remove-hibernation',
    ({ vm, set }) =>
      vm.hibernation === null
        ? { ok: false, reason: `${vm.name} has no CocoonHibernation to remove.` }
        : can['remove-hibernation']({ hibernation: vm.hibernation, vm, set }),
    ({ vm }) => vm.hibernation && deletionWrite('cocoonhibernations', requestOf(vm)),
    requestOf,
  ),
  suspend: onSets(
    'suspend',
    (subject) => can.suspend(subject),
    ({ set }) => suspendWrite(set, true),
  ),
  resume: onSets(
    'resume',
    (subject) => can.resume(subject),
    ({ set }) => suspendWrite(set, false),
  ),
  'fork-set': onSets(
    'fork',
    (subject, { count }) => can.fork(subject, { count }),
    ({ set }, { count }) => forkWrite(set, count),
  ),
  'scale-set': onSets(
    'scale',
    (subject, { replicas }) => can.scale(subject, { replicas }),
    ({ set }, { replicas }) => scaleWrite(set, replicas),
    ({ replicas }) => replicas,
  ),
  'migrate-set': onSets(
    'migrate',
    (subject, { node }) => can.migrate(subject, { node }),
    ({ set }, { node }) => migrateWrite(set, node),
    ({ nodeName }) => nodeName,
  ),
  'delete-set': onSets(
    'delete-set',
    (subject) => can['delete-set'](subject),
    ({ set }) => deletionWrite('cocoonsets', set),
  ),
}
