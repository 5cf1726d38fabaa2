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
import { readLifecycleState, readLifecycleStatus } from '../lib/cocoon/lifecycle.ts'
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

  it('takes the memory of a sleeping VM along when it is deleted', async () => {
    await createSet('lost', {})
    await untilPhase('lost', 'Running')
    await desire('lost-0', 'Hibernate')
    const asleep = await user.until(
      'cocoonhibernations',
      at('lost-0'),
      (each) => each.status?.phase === 'Hibernated',
    )
    await user.client.remove('cocoonhibernations', asleep)
    const set = await untilPhase('lost', 'Failed')
    expect(set.status?.agents?.[0]?.phase).toBe('Pending')
    const pod = await user.client.get('pods', at('lost-0'))
    expect(readLifecycleStatus(pod).message).toContain('manifest unknown')
  })

  it('is not for macOS guests, which have a screen instead', async () => {
    await createSet('mac', {}, { os: 'macos' })
    await untilPhase('mac', 'Running')
    expect(parseVMRuntime(await untilReady('mac-0')).vncPort).toBeGreaterThanOrEqual(5900)
    await desire('mac-0', 'Hibernate')
    await untilPhase('mac', 'Failed')
    const pod = await user.client.get('pods', at('mac-0'))
    expect(readLifecycleStatus(pod).message).toBe('macOS guests cannot be hibernated')
  })
})

describe('a VM that is created', () => {
  it('is restored when the registry proves that it sleeps, and refused from another image', async () => {
    await createSet('proof', {})
    await untilPhase('proof', 'Running')
    await user.client.patch('cocoonsets', at('proof'), { spec: { suspend: true } })
    await untilPhase('proof', 'Suspended')
    await user.client.patch('cocoonsets', at('proof'), { spec: { suspend: false } })
    await untilPhase('proof', 'Running')
    const before = await untilReady('proof-0')
    await user.client.remove('pods', before)
    await user.until(
      'pods',
      at('proof-0'),
      (pod) => pod.metadata?.uid !== before.metadata?.uid && isPodReady(pod),
    )
    const { items } = await user.client.list('events')
    expect(items.map((event) => event.reason)).toContain('HibernateSnapshotExists')
    await user.client.patch('cocoonsets', at('proof'), { spec: { agent: { image: 'ubuntu:26.04' } } })
    await untilPhase('proof', 'Failed')
    const pod = await user.client.get('pods', at('proof-0'))
    expect(readLifecycleStatus(pod).message).toContain('cannot be restored')
  })

  it('waits for a node when there is none of its pool', async () => {
    await createSet('stuck', { nodePool: 'gpu' })
    await untilPhase('stuck', 'Pending')
    const pod = await user.until('pods', at('stuck-0'), (each) => each.status?.conditions !== undefined)
    expect(pod.status?.conditions).toMatchObject([
      { type: 'PodScheduled', status: 'False', reason: 'Unschedulable' },
    ])
  })

  it('is shown but not run when it is static', async () => {
    const screen = {
      name: 'screen',
      mode: 'static',
      staticIP: '10.9.9.9',
      staticVMID: 'desk-1',
      vncPort: 5901,
    }
    await createSet('desk', { toolboxes: [screen] })
    const set = await untilPhase('desk', 'Running')
    expect(set.status?.toolboxes).toMatchObject([
      { name: 'screen', vmID: 'desk-1', ip: '10.9.9.9', vncPort: 5901, connType: 'vnc' },
    ])
  })

  it('comes and goes when its probe is flaky', async () => {
    await createSet('flaky', {}, { image: 'ubuntu-flaky-probe:1' })
    await untilReady('flaky-0')
    const lost = await user.until('pods', at('flaky-0'), (pod) => !isPodReady(pod))
    expect(readLifecycleState(lost)).toBe('ready')
    const ready = lost.status?.conditions?.find((condition) => condition.type === 'Ready')
    expect(ready?.message).toMatch(/^ping failed: no reply from 10\./)
    await untilReady('flaky-0')
  })
})
