import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isPodReady } from '../../lib/cocoon/pod-state.ts'
import { VK_FEATURES } from '../../demo/kubelet/vk-generation.ts'
import { can } from '../../lib/fleet/can/can.ts'
import { fieldsOf } from '../../lib/fleet/reader.ts'
import { figure } from '../promises/figure.ts'
import { createAlone, removeAlone, SYSTEM, untilAloneRuns } from './support/alone.ts'
import { requests } from './support/requests.ts'
import type { Requests } from './support/requests.ts'
import { startRig } from './support/rig.ts'
import type { Rig, Sent } from './support/rig.ts'

const started = performance.now()
let rig: Rig
let ask: Requests
const acted = new Set<string>()
let done = 0

beforeAll(async () => {
  rig = await startRig()
  ask = requests(rig.user)
  const { user } = rig
  const sets = ['nap', 'grow', 'rest', 'move'].map((name) => user.createSet(name))
  await Promise.all([...sets, user.createSet('anew', {}, { replicas: 1 }), createAlone(user)])
  const names = ['nap', 'grow', 'rest', 'move', 'anew']
  await Promise.all(names.map((name) => user.untilPhase(name, 'Running')))
  await untilAloneRuns(user)
})
afterAll(async () => {
  await removeAlone(rig.user)
  await rig.close()
  figure('actions', started, `${done} done, each announced by a dry run, with one write that a watch saw`)
})

async function act(sent: Sent) {
  const answer = await rig.act(sent)
  done += 1
  acted.add(answer.action)
  return answer
}
const vmIDOf = async (pod: string) =>
  (await rig.user.untilReady(pod)).metadata?.annotations?.['vm.cocoonstack.io/id']

describe('a VM', () => {
  it('hibernates, becomes a set of its own, wakes, and its request goes', async () => {
    const { user } = rig
    const before = await vmIDOf('nap-0')
    const { object } = await act(await ask.vm('nap-0', 'hibernate'))
    expect(object).toMatchObject({ kind: 'CocoonHibernation', name: 'nap-0', generation: 1 })
    await user.untilHibernation('nap-0', 'Hibernated')

    const intoSet = { name: 'twin', replicas: 0 }
    expect((await act(await ask.vm('nap-0', 'fork', { intoSet }))).action).toBe('fork-into-set')
    await user.untilPhase('twin', 'Running')

    expect((await act(await ask.vm('nap-0', 'wake'))).object.generation).toBe(2)
    const active = await user.untilHibernation('nap-0', 'Active')
    expect(active.status?.observedGeneration).toBe(2)
    expect(await vmIDOf('nap-0')).not.toBe(before)

    expect((await act(await ask.removeHibernation('nap-0'))).action).toBe('remove-hibernation')
    await user.untilGone('cocoonhibernations', user.at('nap-0'))
    await user.untilPhase('nap', 'Running')
  })

  it('restarts', async () => {
    const { user } = rig
    const before = await user.client.get('pods', user.at('anew-1'))
    await act(await ask.vm('anew-1', 'restart'))
    const after = await user.until(
      'pods',
      user.at('anew-1'),
      (pod) => pod.metadata?.uid !== before.metadata?.uid && isPodReady(pod),
    )
    expect(after.metadata?.uid).not.toBe(before.metadata?.uid)
  })

  it('has one more fork', async () => {
    const { write } = await act(await ask.vm('grow-0', 'fork', { count: 1 }))
    expect(write).toMatchObject({ resource: 'cocoonsets', name: 'grow' })
    await rig.user.untilReady('grow-1')
  })

  it('is forked into a pod of no set where admission lets it, and that one goes for good', async () => {
    const { user } = rig
    const pod = { name: 'spare' }
    const spare = { ...SYSTEM, ...pod }
    expect((await act(await ask.vm({ ...SYSTEM, name: 'alone-0' }, 'fork', { pod }))).action).toBe(
      'fork-standalone',
    )
    await user.until('pods', spare, isPodReady)
    expect((await act(await ask.deleteVm(spare))).action).toBe('delete-vm')
    await user.untilGone('pods', spare)
  })
})

describe('a set', () => {
  it('grows by forks, and is scaled down to its main agent', async () => {
    const { user } = rig
    await user.untilPhase('grow', 'Running')
    expect((await act(await ask.set('grow', 'fork', { count: 2 }))).action).toBe('fork')
    await Promise.all(['grow-2', 'grow-3'].map((pod) => user.untilReady(pod)))
    await user.untilPhase('grow', 'Running')
    await act(await ask.set('grow', 'scale', { replicas: 0, seen: 3 }))
    await Promise.all(['grow-1', 'grow-2', 'grow-3'].map((pod) => user.untilGone('pods', user.at(pod))))
    await user.untilPhase('grow', 'Running')
  })

  it('is suspended, and resumed', async () => {
    expect((await act(await ask.set('rest', 'suspend'))).object.generation).toBe(2)
    await rig.user.untilPhase('rest', 'Suspended')
    expect((await act(await ask.set('rest', 'resume'))).object.generation).toBe(3)
    await rig.user.untilPhase('rest', 'Running')
    await rig.user.untilReady('rest-0')
  })

  it('moves to another node, and is pinned to none any more', async () => {
    const { user } = rig
    const { items } = await user.client.list('nodes')
    const before = await user.untilReady('move-0')
    const node = items
      .filter((each) => each.status?.nodeInfo?.['kubeletVersion'] === VK_FEATURES.new.version)
      .map((each) => each.metadata?.name ?? '')
      .find((name) => name !== before.spec?.nodeName)
    await act(await ask.set('move', 'migrate', { node }))
    await user.until('pods', user.at('move-0'), (pod) => pod.spec?.nodeName === node && isPodReady(pod))
    await user.untilPhase('move', 'Running')
    await act(await ask.set('move', 'migrate', { node: '', seen: node }))
    const { spec } = await user.client.get('cocoonsets', user.at('move'))
    expect(spec?.nodeName).toBeUndefined()
  })

  it('is created, edited, and deleted with all its VMs', async () => {
    const { user } = rig
    const { namespace } = user.at('made')
    const labels = { team: 'blue' }
    const spec = { agent: { image: 'ubuntu:24.04', mode: 'run', replicas: 1 } }
    const body = { metadata: { namespace, name: 'made', labels }, spec }
    expect((await act({ method: 'POST', path: '/api/sets', body })).object.generation).toBe(1)
    await user.untilPhase('made', 'Running')

    const { document } = await rig.read(`/api/sets/${namespace}/made`)
    const read = fieldsOf(document)
    const agent = { ...fieldsOf(fieldsOf(read.spec).agent), image: 'ubuntu:25.04' }
    const edited = { ...read, spec: { ...fieldsOf(read.spec), agent } }
    await act({ method: 'PUT', path: `/api/sets/${namespace}/made`, body: edited })
    await user.until(
      'pods',
      user.at('made-0'),
      (pod) =>
        isPodReady(pod) && pod.metadata?.annotations?.['cocoonset.cocoonstack.io/image'] === 'ubuntu:25.04',
    )
    await act(await ask.deleteSet('made'))
    await user.untilGone('cocoonsets', user.at('made'))
    expect(await user.podsOf('made')).toEqual([])
  })
})

it('have each been done through the API', () => {
  const looking = new Set(['console', 'terminal', 'logs'])
  const wanted = Object.keys(can).filter((action) => !looking.has(action))
  expect([...acted].toSorted()).toEqual([...wanted, 'create-set'].toSorted())
})
