import { afterAll, beforeAll, expect, it } from 'vitest'
import { isPodReady } from '../../lib/cocoon/pod-state.ts'
import { BULK_ACTIONS } from '../../lib/fleet/bulk/actions.ts'
import type { BulkAction, BulkArguments } from '../../lib/fleet/bulk/actions.ts'
import type { ObjectRef } from '../../demo/client/resources.ts'
import { VK_FEATURES } from '../../demo/kubelet/vk-generation.ts'
import { figure } from '../promises/figure.ts'
import { createAlone, removeAlone, SYSTEM, untilAloneRuns } from './support/alone.ts'
import { requests } from './support/requests.ts'
import type { Requests } from './support/requests.ts'
import { startRig } from './support/rig.ts'
import type { Rig } from './support/rig.ts'

const started = performance.now()
const SETS = ['one', 'two', 'three']
let rig: Rig
let ask: Requests
const acted = new Set<string>()
let done = 0

const each = <T, R>(names: readonly T[], wait: (name: T) => Promise<R>) => Promise.all(names.map(wait))
const slot = (number: number) => SETS.map((set) => `${set}-${number}`)
const running = () => each(SETS, (set) => rig.user.untilPhase(set, 'Running'))

beforeAll(async () => {
  rig = await startRig()
  ask = requests(rig.user)
  await each(SETS, (set) => rig.user.createSet(set))
  await createAlone(rig.user)
  await running()
  await untilAloneRuns(rig.user)
})
afterAll(async () => {
  await removeAlone(rig.user)
  await rig.close()
  figure('bulk', started, `${done} done by ${acted.size} actions, each with one write that a watch saw`)
})

async function bulk(
  action: BulkAction,
  names: readonly (string | ObjectRef)[],
  more: Partial<BulkArguments> = {},
) {
  const targets = await each(names, (name) => ask.target(BULK_ACTIONS[action].on, name))
  const answers = await rig.bulk({ action, targets, ...more })
  acted.add(action)
  done += answers.length
  return answers.map(({ object }) => `${object.kind} ${object.name}`)
}

it('puts many VMs to sleep, and wakes them', async () => {
  const asked = slot(0).map((pod) => `CocoonHibernation ${pod}`)
  expect(await bulk('hibernate', slot(0))).toEqual(asked)
  await each(slot(0), (vm) => rig.user.untilHibernation(vm, 'Hibernated'))
  expect(await bulk('wake', slot(0))).toEqual(asked)
  await each(slot(0), (vm) => rig.user.untilHibernation(vm, 'Active'))
  // The set of a VM with a request to be awake cannot be suspended.
  expect(await bulk('remove-hibernation', slot(0))).toEqual(asked)
  await each(slot(0), (vm) => rig.user.untilGone('cocoonhibernations', rig.user.at(vm)))
  await running()
})

it('forks many, by their main agents and by their sets', async () => {
  const written = SETS.map((set) => `CocoonSet ${set}`)
  expect(await bulk('fork', slot(0), { count: 1 })).toEqual(written)
  await each(slot(1), (pod) => rig.user.untilReady(pod))
  await running()
  expect(await bulk('fork-set', SETS, { count: 2 })).toEqual(written)
  await each([...slot(2), ...slot(3)], (pod) => rig.user.untilReady(pod))
  await running()
})

it('restarts many', async () => {
  const before = new Set((await each(slot(2), rig.user.untilReady)).map((pod) => pod.metadata?.uid))
  expect(await bulk('restart', slot(2))).toEqual(slot(2).map((pod) => `Pod ${pod}`))
  await each(slot(2), (pod) =>
    rig.user.until('pods', rig.user.at(pod), (now) => !before.has(now.metadata?.uid) && isPodReady(now)),
  )
  await running()
})

it('scales many sets, and moves them', async () => {
  const written = SETS.map((set) => `CocoonSet ${set}`)
  expect(await bulk('scale-set', SETS, { replicas: 0 })).toEqual(written)
  await each([...slot(1), ...slot(2), ...slot(3)], (pod) => rig.user.untilGone('pods', rig.user.at(pod)))
  await running()
  const places = await each(SETS, async (set) => {
    const { spec } = await rig.user.untilReady(`${set}-0`)
    return { set, node: spec?.nodeName }
  })
  const { items } = await rig.user.client.list('nodes')
  const node = items
    .filter((item) => item.status?.nodeInfo?.['kubeletVersion'] === VK_FEATURES.new.version)
    .map(({ metadata }) => metadata?.name ?? '')
    .find((name) => name !== places[0]?.node)
  const movers = places.filter((place) => place.node !== node).map(({ set }) => set)
  expect(await bulk('migrate-set', movers, { node: node ?? '' })).toEqual(
    movers.map((set) => `CocoonSet ${set}`),
  )
  await each(movers, (set) =>
    rig.user.until('pods', rig.user.at(`${set}-0`), (pod) => pod.spec?.nodeName === node && isPodReady(pod)),
  )
  await running()
})

it('suspends many sets, resumes them, and deletes them', async () => {
  const written = SETS.map((set) => `CocoonSet ${set}`)
  expect(await bulk('suspend', SETS)).toEqual(written)
  await each(SETS, (set) => rig.user.untilPhase(set, 'Suspended'))
  expect(await bulk('resume', SETS)).toEqual(written)
  await running()
  expect(await bulk('delete-set', SETS)).toEqual(written)
  await each(SETS, (set) => rig.user.untilGone('cocoonsets', rig.user.at(set)))
})

it('deletes many VMs of no set', async () => {
  const { namespace } = SYSTEM
  const spares = ['left', 'right'].map((name) => ({ namespace, name }))
  for (const { name } of spares) {
    await rig.act(await ask.vm({ ...SYSTEM, name: 'alone-0' }, 'fork', { pod: { name } }))
  }
  expect(await bulk('delete-vm', spares)).toEqual(['Pod left', 'Pod right'])
  await each(spares, (spare) => rig.user.untilGone('pods', spare))
})

it('has done all that can be done to many', () => {
  expect([...acted].toSorted()).toEqual(Object.keys(BULK_ACTIONS).toSorted())
})
