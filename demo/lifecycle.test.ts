import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ANNOTATION_DEAD_LETTER, ANNOTATION_REBUILD_HISTORY } from '../lib/cocoon/component-keys.ts'
import type { CocoonSetSpec } from '../lib/cocoon/crd.ts'
import {
  ANNOTATION_HIBERNATED_ON_NODE,
  API_VERSION,
  KIND_COCOON_HIBERNATION,
  KIND_COCOON_SET,
  ANNOTATION_RESTORE_FROM_HIBERNATE,
} from '../lib/cocoon/keys.ts'
import type { Pod } from '../lib/cocoon/kube-json.ts'
import { readLifecycleState } from '../lib/cocoon/lifecycle.ts'
import { isPodReady } from '../lib/cocoon/pod-state.ts'
import { parseVMRuntime } from '../lib/cocoon/vm-runtime.ts'
import { demoUser, type DemoUser } from './testing/demo-user.ts'

const NAMESPACE = 'default'
const at = (name: string) => ({ namespace: NAMESPACE, name })

let user: DemoUser
beforeAll(async () => {
  user = await demoUser()
})
afterAll(async () => {
  await user.close()
})

async function createSet(
  name: string,
  spec: Omit<CocoonSetSpec, 'agent'>,
  agent: CocoonSetSpec['agent'] = {},
) {
  await user.client.create('cocoonsets', {
    apiVersion: API_VERSION,
    kind: KIND_COCOON_SET,
    metadata: at(name),
    spec: { ...spec, agent: { image: 'ubuntu:24.04', ...agent } },
  })
}
const untilPhase = (name: string, phase: string) =>
  user.until('cocoonsets', at(name), (set) => set.status?.phase === phase)
const untilReady = (name: string) => user.until('pods', at(name), isPodReady)
const podsOf = async (set: string): Promise<Pod[]> => {
  const query = { labelSelector: `cocoonset.cocoonstack.io/name=${set}` }
  return (await user.client.list('pods', query)).items
}
const namesOf = (pods: Pod[]) => pods.map((pod) => pod.metadata?.name ?? '').toSorted()

async function desire(pod: string, wish: 'Hibernate' | 'Wake') {
  const spec = { podRef: { name: pod }, desire: wish }
  await user.client.create('cocoonhibernations', {
    apiVersion: API_VERSION,
    kind: KIND_COCOON_HIBERNATION,
    metadata: at(pod),
    spec,
  })
}

describe('a set', () => {
  it('comes up with its main, its forks and its toolbox, grows, shrinks, and goes', async () => {
    await createSet(
      'web',
      { toolboxes: [{ name: 'tools', image: 'toolbox:1', mode: 'run' }] },
      { replicas: 2 },
    )
    const set = await untilPhase('web', 'Running')
    expect(set.status).toMatchObject({
      readyAgents: 3,
      desiredAgents: 3,
      readyToolboxes: 1,
      desiredToolboxes: 1,
    })
    expect(set.status?.agents?.map((agent) => agent.forkedFrom)).toEqual([
      undefined,
      'vk-default-web-0',
      'vk-default-web-0',
    ])
    const pods = await podsOf('web')
    expect(namesOf(pods)).toEqual(['web-0', 'web-1', 'web-2', 'web-tools'])
    const nodes = new Set(
      pods.filter((pod) => pod.metadata?.name !== 'web-tools').map((pod) => pod.spec?.nodeName),
    )
    expect(nodes.size).toBe(1)
    expect(new Set(pods.map((pod) => parseVMRuntime(pod).ip)).size).toBe(4)

    await user.client.patch('cocoonsets', at('web'), { spec: { agent: { replicas: 3 } } })
    await untilReady('web-3')
    await user.until('cocoonsets', at('web'), (each) => each.status?.readyAgents === 4)
    await user.client.patch('cocoonsets', at('web'), { spec: { agent: { replicas: 1 } } })
    await user.untilGone('pods', at('web-3'))
    await user.untilGone('pods', at('web-2'))
    await untilPhase('web', 'Running')

    await user.client.remove('cocoonsets', await user.client.get('cocoonsets', at('web')))
    await user.untilGone('cocoonsets', at('web'))
    expect(await podsOf('web')).toEqual([])
  })

  it('sleeps and resumes as a whole', async () => {
    await createSet('night', {}, { replicas: 1 })
    await untilPhase('night', 'Running')
    await user.client.patch('cocoonsets', at('night'), { spec: { suspend: true } })
    await untilPhase('night', 'Suspended')
    for (const pod of await podsOf('night')) expect(pod.status?.phase).toBe('Pending')
    await user.client.patch('cocoonsets', at('night'), { spec: { suspend: false } })
    await untilPhase('night', 'Running')
  })

  it('gives its seat back while it sleeps, under the release policy', async () => {
    await createSet('seat', { hibernatePolicy: 'release' })
    await untilPhase('seat', 'Running')
    await user.client.patch('cocoonsets', at('seat'), { spec: { suspend: true } })
    await untilPhase('seat', 'Suspended')
    await user.untilGone('pods', at('seat-0'))
    await user.client.patch('cocoonsets', at('seat'), { spec: { suspend: false } })
    const awake = await untilPhase('seat', 'Running')
    expect(awake.metadata?.annotations).not.toHaveProperty(ANNOTATION_HIBERNATED_ON_NODE)
  })

  it('moves its main agent to another node', async () => {
    await createSet('nomad', {})
    await untilPhase('nomad', 'Running')
    const before = await untilReady('nomad-0')
    const { items } = await user.client.list('nodes')
    const target =
      items.map((node) => node.metadata?.name).find((name) => name !== before.spec?.nodeName) ?? ''
    await user.client.patch('cocoonsets', at('nomad'), { spec: { nodeName: target } })
    const after = await user.until(
      'pods',
      at('nomad-0'),
      (pod) => pod.spec?.nodeName === target && isPodReady(pod),
    )
    expect(after.metadata?.annotations).toHaveProperty(ANNOTATION_RESTORE_FROM_HIBERNATE, 'true')
    await untilPhase('nomad', 'Running')
  })

  it('fails with its main agent, and recovers with another image', async () => {
    await createSet('broken', {}, { image: 'ubuntu-fail-boot:1' })
    await untilPhase('broken', 'Failed')
    const pod = await user.client.get('pods', at('broken-0'))
    expect(readLifecycleState(pod)).toBe('failed')
    expect(pod.status?.reason).toBe('ProviderFailed')
    await user.client.patch('cocoonsets', at('broken'), { spec: { agent: { image: 'ubuntu:24.04' } } })
    await untilPhase('broken', 'Running')
  })

  it('gives up on a sub-agent after four rebuilds', async () => {
    await createSet('doomed', {}, { image: 'ubuntu-fail-fork:1', replicas: 1 })
    await user.until(
      'pods',
      at('doomed-1'),
      (pod) => pod.metadata?.annotations?.[ANNOTATION_DEAD_LETTER] === 'true',
    )
    const set = await untilPhase('doomed', 'Scaling')
    const history = set.metadata?.annotations?.[ANNOTATION_REBUILD_HISTORY] ?? ''
    expect(JSON.parse(history)).toMatchObject({ 1: { count: 4 } })
  })
})

describe('a hibernation', () => {
  it('puts a VM to sleep and wakes it with a new id', async () => {
    await createSet('nap', {}, { replicas: 1 })
    await untilPhase('nap', 'Running')
    const before = parseVMRuntime(await untilReady('nap-1'))
    await desire('nap-1', 'Hibernate')
    await user.until('cocoonhibernations', at('nap-1'), (each) => each.status?.phase === 'Hibernated')
    const asleep = await user.client.get('pods', at('nap-1'))
    expect(asleep.status?.phase).toBe('Pending')
    expect(asleep.status?.conditions).toBeUndefined()
    expect(asleep.status?.containerStatuses).toBeUndefined()
    expect(asleep.status?.podIP).toBeUndefined()
    expect(parseVMRuntime(asleep)).toEqual({ vmID: '', ip: '', vncPort: 0 })
    expect(readLifecycleState(asleep)).toBe('hibernated')

    await user.client.patch('cocoonhibernations', at('nap-1'), { spec: { desire: 'Wake' } })
    await user.until('cocoonhibernations', at('nap-1'), (each) => each.status?.phase === 'Active')
    const after = parseVMRuntime(await untilReady('nap-1'))
    expect(after.vmID).not.toBe(before.vmID)
    expect(after.vmID).not.toBe('')
    await untilPhase('nap', 'Running')
  })

  it('times out when the VM cannot be saved', async () => {
    await createSet('awake', {}, { image: 'ubuntu-fail-hibernate:1' })
    await untilPhase('awake', 'Running')
    await desire('awake-0', 'Hibernate')
    const failed = await user.until(
      'cocoonhibernations',
      at('awake-0'),
      (each) => each.status?.phase === 'Failed',
    )
    expect(failed.status?.conditions?.[0]?.message).toBe('hibernate not confirmed within 3m0s')
    await untilPhase('awake', 'Failed')
  })
})
