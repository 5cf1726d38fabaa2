import { counted } from '../../fleet/can/wording.ts'
import { can } from '../../fleet/can/can.ts'
import { deletionWrite } from '../../fleet/writes/deletion-write.ts'
import { forkWrite, migrateWrite, scaleWrite, suspendWrite } from '../../fleet/writes/set-writes.ts'
import type { Deed, Target } from './deed.ts'
import { lookAtSet } from './look-at-set.ts'
import type { LiveSet, NodesWanted } from './look-at-set.ts'
import { familyWitnesses } from './look-at-vm.ts'

const nameOf = ({ namespace, name }: Target) => `CocoonSet ${namespace}/${name}`

/** What all actions on a set have in common. */
const onSet = (target: Target, not: string, nodes: NodesWanted = 'of its main agent') => ({
  target,
  failure: `${nameOf(target)} was not ${not}`,
  witnesses: familyWitnesses,
  look: (acting: Parameters<Deed['look']>[0]) => lookAtSet(acting, target, nodes),
  basis: ({ set }: LiveSet) => set,
})

/** All VMs of the set sleep, or wake (contract 4.4, 4.5). */
export const suspendDeed = (action: 'suspend' | 'resume', target: Target): Deed<LiveSet> => ({
  ...onSet(target, action === 'suspend' ? 'suspended' : 'resumed'),
  action,
  judge: ({ subject }) => can[action](subject),
  decided: ({ subject }) => subject.set.suspend,
  plan: ({ subject }) => suspendWrite(subject.set, action === 'suspend'),
})

/** However many there are: `count` more. */
export const forkSetDeed = (target: Target, count: number): Deed<LiveSet> => ({
  ...onSet(target, 'forked'),
  action: 'fork',
  detail: `${count} more`,
  judge: ({ subject }) => can.fork(subject, { count }),
  plan: ({ subject }) => forkWrite(subject.set, count),
})

/** `seen` is how many there were when the person decided, where the request says so. */
export const scaleDeed = (target: Target, replicas: number, seen?: number): Deed<LiveSet> => ({
  ...onSet(target, 'scaled'),
  action: 'scale',
  detail: `to ${counted(replicas, 'sub-agent')}`,
  judge: ({ subject }) => can.scale(subject, { replicas }),
  decided: ({ subject }) => subject.set.replicas,
  expected: seen,
  plan: ({ subject }) => scaleWrite(subject.set, replicas),
})

/** '' lifts the pin; `seen` is where it was pinned when the person decided. */
export const migrateDeed = (target: Target, node: string, seen?: string): Deed<LiveSet> => ({
  ...onSet(target, 'migrated', 'all'),
  action: 'migrate',
  detail: node === '' ? 'to any node' : `to ${node}`,
  judge: ({ subject }) => can.migrate(subject, { node }),
  decided: ({ subject }) => subject.set.nodeName,
  expected: seen,
  plan: ({ subject }) => migrateWrite(subject.set, node),
})

/** The set goes with all its VMs (contract 4.8). */
export const deleteSetDeed = (target: Target): Deed<LiveSet> => ({
  ...onSet(target, 'deleted'),
  action: 'delete-set',
  judge: ({ subject }) => can['delete-set'](subject),
  plan: () => deletionWrite('cocoonsets', target),
})
