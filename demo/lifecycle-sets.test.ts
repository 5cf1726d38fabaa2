import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ANNOTATION_HIBERNATED_ON_NODE,
  ANNOTATION_RESTORE_FROM_HIBERNATE,
  LABEL_NODE_POOL,
} from '../lib/cocoon/keys.ts'
import { isPodReady } from '../lib/cocoon/pod-state.ts'
import { parseVMRuntime } from '../lib/cocoon/vm-runtime.ts'
import { fleetUser, type FleetUser } from './testing/fleet-user.ts'

let user: FleetUser
beforeAll(async () => {
  user = await fleetUser()
})
afterAll(() => user.close())

describe('a set', () => {
  it('comes up with its main, its forks and its toolbox, grows, shrinks, and goes', async () => {
    await user.createSet(
      'web',
      { toolboxes: [{ name: 'tools', image: 'toolbox:1', mode: 'run' }] },
      { replicas: 2 },
    )
    const set = await user.untilPhase('web', 'Running')
    expect(set.status).toMatchObject({
      readyAgents: 3,
      desiredAgents: 3,
      readyToolboxes: 1,
      desiredToolboxes: 1,
    })
    const vm = (await user.client.get('pods', user.at('web-0'))).metadata?.annotations?.[
      'vm.cocoonstack.io/name'
    ]
    expect(set.status?.agents?.map((agent) => agent.forkedFrom)).toEqual([undefined, vm, vm])
    const pods = await user.podsOf('web')
    expect(pods.map((pod) => pod.metadata?.name)).toEqual(['web-0', 'web-1', 'web-2', 'web-tools'])
    expect(new Set(pods.slice(0, 3).map((pod) => pod.spec?.nodeName)).size).toBe(1)
    expect(new Set(pods.map((pod) => parseVMRuntime(pod).ip)).size).toBe(4)

    await user.edit('web', { agent: { replicas: 3 } })
    await user.untilReady('web-3')
    await user.until('cocoonsets', user.at('web'), (each) => each.status?.readyAgents === 4)
    await user.edit('web', { agent: { replicas: 1 } })
    await user.untilGone('pods', user.at('web-3'))
    await user.untilGone('pods', user.at('web-2'))
    await user.untilPhase('web', 'Running')

    await user.client.remove('cocoonsets', await user.client.get('cocoonsets', user.at('web')))
    await user.untilGone('cocoonsets', user.at('web'))
    expect(await user.podsOf('web')).toEqual([])
  })

  it('is made anew where its spec has changed', async () => {
    await user.createSet('drift', { toolboxes: [{ name: 'tools', image: 'toolbox:1' }] })
    await user.untilPhase('drift', 'Running')
    const before = await user.podsOf('drift')
    await user.edit('drift', { toolboxes: [{ name: 'tools', image: 'toolbox:2' }] })
    const after = await user.until(
      'pods',
      user.at('drift-tools'),
      (pod) => pod.metadata?.uid !== before[1]?.metadata?.uid && isPodReady(pod),
    )
    expect(after.metadata?.annotations).toMatchObject({ 'cocoonset.cocoonstack.io/image': 'toolbox:2' })
    const main = await user.client.get('pods', user.at('drift-0'))
    expect(main.metadata?.uid).toBe(before[0]?.metadata?.uid)
  })

  it('does not mind what a server makes of its pods', async () => {
    const envFrom = [{ secretRef: { name: 'keys', optional: true }, prefix: 'K_' }]
    const resources = { limits: { cpu: '1', memory: '1024Mi' } }
    await user.createSet('spelled', {}, { envFrom, resources, storage: '2048Mi' })
    await user.untilPhase('spelled', 'Running')
    const before = await user.untilReady('spelled-0')
    await user.edit('spelled', { suspend: false })
    const after = await user.until(
      'pods',
      user.at('spelled-0'),
      (pod) => pod.metadata?.annotations?.['cocoonset.cocoonstack.io/generation'] === '2',
    )
    expect(after.metadata?.uid).toBe(before.metadata?.uid)
  })

  it('sleeps and resumes as a whole', async () => {
    await user.createSet('night', {}, { replicas: 1 })
    await user.untilPhase('night', 'Running')
    await user.edit('night', { suspend: true })
    await user.untilPhase('night', 'Suspended')
    for (const pod of await user.podsOf('night')) expect(pod.status?.phase).toBe('Pending')
    await user.edit('night', { suspend: false })
    await user.untilPhase('night', 'Running')
  })

  it('gives its seat back while it sleeps, under the release policy', async () => {
    await user.createSet('seat', { hibernatePolicy: 'release' })
    await user.untilPhase('seat', 'Running')
    await user.edit('seat', { suspend: true })
    const asleep = await user.untilPhase('seat', 'Suspended')
    expect(asleep.status).toMatchObject({ agents: [], desiredAgents: 1 })
    await user.untilGone('pods', user.at('seat-0'))
    await user.edit('seat', { suspend: false })
    const awake = await user.untilPhase('seat', 'Running')
    expect(awake.metadata?.annotations).not.toHaveProperty(ANNOTATION_HIBERNATED_ON_NODE)
  })

  it('cannot wake where there is no room for it', async () => {
    await user.createSet('crowd', { hibernatePolicy: 'release' })
    await user.untilPhase('crowd', 'Running')
    await user.edit('crowd', { suspend: true })
    await user.untilPhase('crowd', 'Suspended')
    await user.untilGone('pods', user.at('crowd-0'))
    await user.edit('crowd', { suspend: false, agent: { resources: { limits: { cpu: '9000' } } } })
    await user.untilPhase('crowd', 'Waking')
    expect(await user.told('crowd', 'WakeNoCapacity')).toContain('Insufficient cpu')
  })

  it('moves its main agent to another node', async () => {
    await user.createSet('nomad')
    await user.untilPhase('nomad', 'Running')
    const before = await user.untilReady('nomad-0')
    const { items } = await user.client.list('nodes', { labelSelector: `${LABEL_NODE_POOL}=default` })
    const kin = items.find((node) => node.metadata?.name === before.spec?.nodeName)
    const target =
      items.find(
        (node) =>
          node !== kin &&
          node.status?.nodeInfo?.['kubeletVersion'] === kin?.status?.nodeInfo?.['kubeletVersion'],
      )?.metadata?.name ?? ''
    await user.edit('nomad', { nodeName: target })
    const after = await user.until(
      'pods',
      user.at('nomad-0'),
      (pod) => pod.spec?.nodeName === target && isPodReady(pod),
    )
    expect(after.metadata?.annotations).toHaveProperty(ANNOTATION_RESTORE_FROM_HIBERNATE, 'true')
    await user.untilPhase('nomad', 'Running')
  })

  it('waits for a node when there is none of its pool', async () => {
    await user.createSet('stuck', { nodePool: 'gpu-of-nobody' })
    await user.untilPhase('stuck', 'Pending')
    const pod = await user.until('pods', user.at('stuck-0'), (each) => each.status?.conditions !== undefined)
    expect(pod.status?.conditions).toMatchObject([
      { type: 'PodScheduled', status: 'False', reason: 'Unschedulable' },
    ])
  })

  it('shows a static toolbox but does not run it, nor puts it to sleep', async () => {
    const screen = {
      name: 'screen',
      mode: 'static',
      staticIP: '10.9.9.9',
      staticVMID: 'desk-1',
      vncPort: 5901,
    }
    await user.createSet('desk', { toolboxes: [screen] })
    const set = await user.untilPhase('desk', 'Running')
    expect(set.status?.toolboxes).toMatchObject([
      { name: 'screen', vmID: 'desk-1', ip: '10.9.9.9', vncPort: 5901, connType: 'vnc' },
    ])
    await user.desire('desk-screen', 'Hibernate')
    const failed = await user.untilHibernation('desk-screen', 'Failed')
    expect(failed.status?.conditions?.[0]?.message).toBe('hibernate not confirmed within 3m0s')
    expect(parseVMRuntime(await user.client.get('pods', user.at('desk-screen'))).vmID).toBe('desk-1')
  })
})
