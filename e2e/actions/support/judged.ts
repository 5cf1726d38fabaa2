import { setTimeout as wait } from 'node:timers/promises'
import { setSubject, vmSubject } from '../../../components/act/subject-of.ts'
import type { ObjectRef } from '../../../demo/client/resources.ts'
import { can } from '../../../lib/fleet/can/can.ts'
import type { SetSubject, VmSubject } from '../../../lib/fleet/can/subjects.ts'
import type { Verdict } from '../../../lib/fleet/can/verdict.ts'
import type { Vm, VmHibernation, VmNode } from '../../../lib/fleet/vm.ts'
import type { FleetDocument } from '../../../lib/fleet/wire.ts'
import type { Rig, Sent } from './rig.ts'

/** A set and its main agent as a page shows them. */
export interface Shown {
  vm: VmSubject
  set: SetSubject
}

const byUid = <Row extends { uid: string }>(rows: readonly Row[]) =>
  new Map(rows.map((row) => [row.uid, row]))

async function shown(rig: Rig, { namespace, name }: ObjectRef): Promise<Shown | null> {
  const document = (await rig.read('/api/fleet')) as unknown as FleetDocument
  const rows = { vms: byUid(document.vms), sets: byUid(document.sets), nodes: byUid(document.nodes) }
  const set = document.sets.find((each) => each.namespace === namespace && each.name === name)
  const vm = document.vms.find((each) => each.namespace === namespace && each.name === `${name}-0`)
  return set && vm ? { vm: vmSubject(rows, vm), set: setSubject(rows, set) } : null
}

const PATIENCE_MS = 30_000

/** Waits until the dashboard shows a set's main agent as wanted. */
export async function untilShown(rig: Rig, set: ObjectRef, wanted: (vm: Vm) => boolean): Promise<Shown> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const now = await shown(rig, set)
    if (now && wanted(now.vm.vm)) return now
    if (Date.now() > deadline) throw new Error(`${set.name}-0 is shown as ${JSON.stringify(now?.vm.vm)}`)
    await wait(15)
  }
}

/** One action on a set or its main agent: how it is sent, and what the page says of it. */
interface Question {
  send(shown: Shown): Sent
  judge(shown: Shown): Verdict
}

const vmPath = ({ vm: { vm } }: Shown) => `/api/vms/${vm.namespace}/${vm.name}`
const setPath = ({ set: { set } }: Shown) => `/api/sets/${set.namespace}/${set.name}`

const onVm = (action: string, judge: Question['judge'], more: object = {}): Question => ({
  send: (seen) => ({
    method: 'POST',
    path: `${vmPath(seen)}/${action}`,
    body: { uid: seen.vm.vm.uid, ...more },
  }),
  judge,
})
const onSet = (
  action: string,
  judge: Question['judge'],
  more: (shown: Shown) => object = () => ({}),
): Question => ({
  send: (seen) => ({
    method: 'POST',
    path: `${setPath(seen)}/${action}`,
    body: { uid: seen.set.set.uid, ...more(seen) },
  }),
  judge,
})

const moreReplicas = ({ set: { set } }: Shown) => ({ replicas: set.replicas + 1 })
/** Where the main agent could go, as far as nodes are concerned. */
const elsewhere = ({ set: { set, nodes }, vm }: Shown) => {
  const fits = ({ name, snapshotCpuClass }: VmNode) =>
    name !== vm.vm.node && name.startsWith('cocoon-') && snapshotCpuClass === set.snapshotClass
  return { node: nodes.find(fits)?.name ?? '' }
}

function requestOf({ name, hibernation }: Vm): VmHibernation {
  if (hibernation === null) throw new Error(`there is no CocoonHibernation of ${name}`)
  return hibernation
}

/** Every action that a set or its main agent can be asked for; of pods of no set admission decides. */
export const QUESTIONS = {
  hibernate: onVm('hibernate', ({ vm }) => can.hibernate(vm)),
  wake: onVm('wake', ({ vm }) => can.wake(vm)),
  restart: onVm('restart', ({ vm }) => can.restart(vm)),
  'fork-vm': onVm('fork', ({ vm }) => can.fork(vm, { count: 1 }), { count: 1 }),
  'fork-into-set': onVm('fork', ({ vm }) => can['fork-into-set'](vm), { intoSet: { name: 'copy' } }),
  'delete-vm': {
    send: (seen) => ({ method: 'DELETE', path: `${vmPath(seen)}?uid=${seen.vm.vm.uid}` }),
    judge: ({ vm }) => can['delete-vm'](vm),
  },
  suspend: onSet('suspend', ({ set }) => can.suspend(set)),
  resume: onSet('resume', ({ set }) => can.resume(set)),
  'fork-set': onSet(
    'fork',
    ({ set }) => can.fork(set, { count: 1 }),
    () => ({ count: 1 }),
  ),
  scale: onSet('scale', (seen) => can.scale(seen.set, moreReplicas(seen)), moreReplicas),
  migrate: onSet('migrate', (seen) => can.migrate(seen.set, elsewhere(seen)), elsewhere),
  'delete-set': {
    send: (seen) => ({ method: 'DELETE', path: `${setPath(seen)}?uid=${seen.set.set.uid}` }),
    judge: ({ set }) => can['delete-set'](set),
  },
  'remove-hibernation': {
    send({ vm: { vm } }) {
      const { name, uid } = requestOf(vm)
      return { method: 'DELETE', path: `/api/hibernations/${vm.namespace}/${name}?uid=${uid}` }
    },
    judge: ({ vm: { vm, set } }) => can['remove-hibernation']({ hibernation: requestOf(vm), vm, set }),
  },
} as const satisfies Record<string, Question>

export type Asked = keyof typeof QUESTIONS

/** Asks when the page and the cluster are of one mind: a fleet that lives may change between two looks. */
export async function whileStill<T>(rig: Rig, set: ObjectRef, ask: (shown: Shown) => Promise<T>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const before = await untilShown(rig, set, () => true)
    const answer = await ask(before)
    const after = await untilShown(rig, set, () => true)
    if (JSON.stringify(before) === JSON.stringify(after)) return answer
    if (Date.now() > deadline) throw new Error(`${set.name} never stood still`)
  }
}
