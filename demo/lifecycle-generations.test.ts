import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ANNOTATION_POST_CLONE_HINT, ANNOTATION_POST_CLONE_STATE } from '../lib/cocoon/component-keys.ts'
import { ANNOTATION_VM_ID } from '../lib/cocoon/keys.ts'
import { readLifecycleState } from '../lib/cocoon/lifecycle.ts'
import { isPodReady } from '../lib/cocoon/pod-state.ts'
import { parseVMRuntime } from '../lib/cocoon/vm-runtime.ts'
import type { VkGeneration } from './kubelet/vk-generation.ts'
import { fleetUser, type FleetUser } from './testing/fleet-user.ts'

let user: FleetUser
beforeAll(async () => {
  user = await fleetUser(5)
})
afterAll(() => user.close())

/** Puts a VM to sleep through a CocoonHibernation and then deletes that: its tag goes, and the VM is to wake. */
async function loseTag(name: string, generation: VkGeneration) {
  await user.createSet(name, { nodeName: await user.nodeOf(generation) })
  await user.untilPhase(name, 'Running')
  const before = await user.untilReady(`${name}-0`)
  await user.desire(`${name}-0`, 'Hibernate')
  const asleep = await user.untilHibernation(`${name}-0`, 'Hibernated')
  await user.client.remove('cocoonhibernations', asleep)
  return parseVMRuntime(before).vmID
}

describe('an old vk-cocoon', () => {
  it('says nothing of the life of its VMs', async () => {
    await user.createSet('mum', { nodeName: await user.nodeOf('old') })
    await user.untilPhase('mum', 'Running')
    const pod = await user.untilReady('mum-0')
    expect(readLifecycleState(pod)).toBe('')
    await user.edit('mum', { suspend: true })
    await user.untilPhase('mum', 'Suspended')
  })
  it('always pulls what it wakes', async () => {
    await loseTag('pulled', 'old')
    expect(await user.told('pulled-0', 'WakePullFailed')).toContain('manifest unknown')
  })
  it('leaves a clone that needs it to a person, with a hint', async () => {
    await user.createSet('byhand', { nodeName: await user.nodeOf('old') }, { os: 'windows' })
    const hinted = await user.until(
      'pods',
      user.at('byhand-0'),
      (pod) => pod.metadata?.annotations?.[ANNOTATION_POST_CLONE_HINT] !== undefined,
    )
    expect(isPodReady(hinted)).toBe(false)
    expect(hinted.status?.phase).toBe('Running')
    expect(hinted.metadata?.annotations).not.toHaveProperty([ANNOTATION_POST_CLONE_STATE])
    await user.untilReady('byhand-0')
  })
})

describe('a vk-cocoon of the time between', () => {
  it('says how its VMs are, but not what the probe says', async () => {
    const nodeName = await user.nodeOf('mid')
    await user.createSet('terse', { nodeName }, { image: 'ubuntu-flaky-probe:1' })
    await user.untilReady('terse-0')
    const lost = await user.until('pods', user.at('terse-0'), (pod) => !isPodReady(pod))
    expect(readLifecycleState(lost)).toBe('ready')
    const ready = lost.status?.conditions?.find((condition) => condition.type === 'Ready')
    expect(ready).not.toHaveProperty('message')
  })
  it('wakes from its own copy when the tag is gone', async () => {
    const before = await loseTag('local', 'mid')
    const awake = await user.until(
      'pods',
      user.at('local-0'),
      (pod) => isPodReady(pod) && pod.metadata?.annotations?.[ANNOTATION_VM_ID] !== before,
    )
    expect(readLifecycleState(awake)).not.toBe('failed')
    await user.untilPhase('local', 'Running')
  })
})

describe('a new vk-cocoon', () => {
  it('takes a tag that is gone for proof that its own copy is stale', async () => {
    await loseTag('stale', 'new')
    expect(await user.told('stale-0', 'WakePullFailed')).toContain('manifest unknown')
    await user.untilPhase('stale', 'Failed')
  })
})
