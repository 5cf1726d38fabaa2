import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ANNOTATION_DELETE_VM_NAMES } from '../lib/cocoon/component-keys.ts'
import { readLifecycleStatus } from '../lib/cocoon/lifecycle.ts'
import { vmNameForDeployment } from '../lib/cocoon/vm-name.ts'
import { fleetUser, type FleetUser } from './testing/fleet-user.ts'

let user: FleetUser
beforeAll(async () => {
  user = await fleetUser()
})
afterAll(() => user.close())

const vmOf = (set: string, slot: number) => vmNameForDeployment(user.at(set).namespace, set, slot)

/** Brings up a set and deletes it, once its VMs run. */
async function liveAndDie(name: string, snapshotPolicy: string) {
  await user.createSet(name, { snapshotPolicy }, { replicas: 1 })
  await user.untilPhase(name, 'Running')
  await user.client.remove('cocoonsets', await user.client.get('cocoonsets', user.at(name)))
  await user.untilGone('cocoonsets', user.at(name))
}
/** What becomes of a set that is cloned from this image: its phase, or why its VM cannot be. */
async function cloneOf(name: string, image: string, agent: object = {}): Promise<string> {
  await user.createSet(name, {}, { image, ...agent })
  const set = await user.until('cocoonsets', user.at(name), (each) =>
    ['Running', 'Failed'].includes(each.status?.phase ?? ''),
  )
  if (set.status?.phase === 'Running') return 'Running'
  const pod = await user.until(
    'pods',
    user.at(`${name}-0`),
    (each) => readLifecycleStatus(each).state === 'failed',
  )
  return readLifecycleStatus(pod).message
}
const unknown = (image: string) => `pull snapshot ${image}: manifest unknown`

describe('the last state of a VM', () => {
  it('outlives its set when all are to be kept', async () => {
    await liveAndDie('dear', 'always')
    expect(await cloneOf('dear-main', vmOf('dear', 0))).toBe('Running')
    expect(await cloneOf('dear-fork', `${vmOf('dear', 1)}:latest`)).toBe('Running')
  })
  it('outlives its set only for the main agent', async () => {
    await liveAndDie('half', 'main-only')
    expect(await cloneOf('half-main', vmOf('half', 0))).toBe('Running')
    expect(await cloneOf('half-fork', vmOf('half', 1))).toBe(unknown(vmOf('half', 1)))
  })
  it('goes with its set', async () => {
    await liveAndDie('cheap', 'never')
    expect(await cloneOf('cheap-main', vmOf('cheap', 0))).toBe(unknown(vmOf('cheap', 0)))
  })
  it('cannot be booted as an image', async () => {
    await liveAndDie('gold', 'always')
    const image = vmOf('gold', 0)
    expect(await cloneOf('gold-run', image, { mode: 'run' })).toBe(
      `${image} is a snapshot artifact; use mode=clone instead of mode=run`,
    )
  })
})

describe('the memory of a sleeping VM', () => {
  it('can be cloned while it sleeps, and no more once it woke', async () => {
    await user.createSet('source')
    await user.untilPhase('source', 'Running')
    await user.desire('source-0', 'Hibernate')
    await user.untilHibernation('source-0', 'Hibernated')
    const image = `${vmOf('source', 0)}:hibernate`
    expect(await cloneOf('copy', image)).toBe('Running')
    await user.desire('source-0', 'Wake')
    await user.untilHibernation('source-0', 'Active')
    expect(await cloneOf('late', image, { forcePull: true })).toBe(unknown(image))
  })
  it('is named on a set that released its seats, and goes with it', async () => {
    await user.createSet('left', { hibernatePolicy: 'release' })
    await user.untilPhase('left', 'Running')
    await user.edit('left', { suspend: true })
    await user.untilPhase('left', 'Suspended')
    const set = await user.client.get('cocoonsets', user.at('left'))
    expect(set.metadata?.annotations?.[ANNOTATION_DELETE_VM_NAMES]).toBe(vmOf('left', 0))
    const image = `${vmOf('left', 0)}:hibernate`
    expect(await cloneOf('heir', image)).toBe('Running')
    await user.client.remove('cocoonsets', set)
    await user.untilGone('cocoonsets', user.at('left'))
    expect(await cloneOf('none', image, { forcePull: true })).toBe(unknown(image))
  })
})
