import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readLifecycleState, readLifecycleStatus } from '../lib/cocoon/lifecycle.ts'
import { parseVMRuntime } from '../lib/cocoon/vm-runtime.ts'
import { fleetUser, type FleetUser } from './testing/fleet-user.ts'

let user: FleetUser
beforeAll(async () => {
  user = await fleetUser()
})
afterAll(() => user.close())

describe('a hibernation', () => {
  it('puts a VM to sleep and wakes it with a new id', async () => {
    await user.createSet('nap', {}, { replicas: 1 })
    await user.untilPhase('nap', 'Running')
    const before = parseVMRuntime(await user.untilReady('nap-1'))
    await user.desire('nap-1', 'Hibernate')
    const done = await user.untilHibernation('nap-1', 'Hibernated')
    expect(done.status?.conditions).toMatchObject([
      { type: 'Ready', status: 'True', reason: 'Done', message: 'Hibernated' },
    ])
    const asleep = await user.client.get('pods', user.at('nap-1'))
    expect(asleep.status?.phase).toBe('Pending')
    expect(asleep.status?.conditions).toBeUndefined()
    expect(asleep.status?.containerStatuses).toBeUndefined()
    expect(asleep.status?.podIP).toBeUndefined()
    expect(parseVMRuntime(asleep)).toEqual({ vmID: '', ip: '', vncPort: 0 })
    expect(readLifecycleState(asleep)).toBe('hibernated')
    await user.told('nap-1', 'Hibernated')

    await user.desire('nap-1', 'Wake')
    await user.untilHibernation('nap-1', 'Active')
    const after = parseVMRuntime(await user.untilReady('nap-1'))
    expect(after.vmID).not.toBe(before.vmID)
    expect(after.vmID).not.toBe('')
    await user.untilPhase('nap', 'Running')
    await user.told('nap-1', 'WokenActive')
    await user.told('nap-1', 'Woken')
    await user.told('nap-1', 'ProviderUpdateSuccess')
  })

  it('finishes what it began before it turns round', async () => {
    await user.createSet('torn')
    await user.untilPhase('torn', 'Running')
    await user.desire('torn-0', 'Hibernate')
    await user.untilHibernation('torn-0', 'Hibernating')
    await user.desire('torn-0', 'Wake')
    await user.untilHibernation('torn-0', 'Active')
    expect(await user.told('torn-0', 'Hibernated')).toContain('hibernated')
    await user.untilReady('torn-0')
  })

  it('is active at once for a VM that runs', async () => {
    await user.createSet('alert')
    await user.untilPhase('alert', 'Running')
    await user.desire('alert-0', 'Wake')
    const active = await user.untilHibernation('alert-0', 'Active')
    expect(active.status?.vmName).toMatch(/-alert-0$/)
  })

  it('waits for a pod that is not there yet', async () => {
    await user.desire('later-0', 'Hibernate')
    const waiting = await user.untilHibernation('later-0', 'Pending')
    expect(waiting.status?.conditions?.[0]?.message).toMatch(/^pod life-\S+\/later-0 not yet present$/)
    await user.createSet('later')
    await user.untilHibernation('later-0', 'Hibernated')
  })

  it('restores a pod that is lost while it sleeps', async () => {
    await user.createSet('keeper')
    await user.untilPhase('keeper', 'Running')
    await user.desire('keeper-0', 'Hibernate')
    await user.untilHibernation('keeper-0', 'Hibernated')
    const before = await user.client.get('pods', user.at('keeper-0'))
    await user.client.remove('pods', before)
    const after = await user.until(
      'pods',
      user.at('keeper-0'),
      (pod) => pod.metadata?.uid !== before.metadata?.uid,
    )
    expect(after.metadata?.annotations).toHaveProperty(['vm.cocoonstack.io/restore-from-hibernate'], 'true')
  })

  it('times out when the VM cannot be saved, and is tried again', async () => {
    await user.createSet('awake', {}, { image: 'ubuntu-fail-hibernate:1' })
    await user.untilPhase('awake', 'Running')
    await user.desire('awake-0', 'Hibernate')
    const failed = await user.untilHibernation('awake-0', 'Failed')
    expect(failed.status?.conditions?.[0]?.message).toBe('hibernate not confirmed within 3m0s')
    await user.told('awake-0', 'HibernateTimedOut')
    await user.told('awake-0', 'HibernateSnapshotFailed')
    await user.told('awake-0', 'RetryRequested')
    await user.untilPhase('awake', 'Failed')
    await user.told('awake', 'PodLifecycleFailed')
    expect(parseVMRuntime(await user.client.get('pods', user.at('awake-0'))).vmID).not.toBe('')
  })

  it('comes to its end after it was given up, when it was only slow', async () => {
    await user.createSet('slow', {}, { image: 'ubuntu-slow-hibernate:1' })
    await user.untilPhase('slow', 'Running')
    await user.desire('slow-0', 'Hibernate')
    await user.untilHibernation('slow-0', 'Failed')
    const asleep = await user.untilHibernation('slow-0', 'Hibernated')
    expect(asleep.status?.conditions?.[0]).toMatchObject({ status: 'True', reason: 'Done' })
  })

  it('times out when a VM does not wake', async () => {
    await user.createSet('coma', {}, { image: 'ubuntu-stuck-wake:1' })
    await user.untilPhase('coma', 'Running')
    await user.desire('coma-0', 'Hibernate')
    await user.untilHibernation('coma-0', 'Hibernated')
    await user.desire('coma-0', 'Wake')
    const failed = await user.untilHibernation('coma-0', 'Failed')
    expect(failed.status?.conditions?.[0]?.message).toBe(
      'wake timed out after 5m0s; vk-cocoon never reported the container running',
    )
    await user.told('coma-0', 'WakeTimedOut')
    await user.untilHibernation('coma-0', 'Active')
  })

  it('takes the memory of a sleeping VM along when it is deleted', async () => {
    await user.createSet('lost')
    await user.untilPhase('lost', 'Running')
    await user.desire('lost-0', 'Hibernate')
    const asleep = await user.untilHibernation('lost-0', 'Hibernated')
    await user.client.remove('cocoonhibernations', asleep)
    const set = await user.untilPhase('lost', 'Failed')
    expect(set.status?.agents?.[0]?.phase).toBe('Pending')
    await user.until('pods', user.at('lost-0'), (pod) =>
      readLifecycleStatus(pod).message.includes('manifest unknown'),
    )
    await user.told('lost-0', 'WakePullFailed')
    await user.told('lost-0', 'ProviderUpdateFailed')
  })

  it('is not for macOS guests, which have a screen instead', async () => {
    await user.createSet('mac', {}, { os: 'macos' })
    await user.untilPhase('mac', 'Running')
    expect(parseVMRuntime(await user.untilReady('mac-0')).vncPort).toBeGreaterThanOrEqual(5900)
    await user.desire('mac-0', 'Hibernate')
    await user.untilPhase('mac', 'Failed')
    const pod = await user.client.get('pods', user.at('mac-0'))
    expect(readLifecycleStatus(pod).message).toBe('macOS guests cannot be hibernated')
    await user.told('mac-0', 'HibernateUnsupported')
  })

  const failures: [string, string, 'linux' | 'windows', string][] = [
    ['unpushed', 'fail-push', 'linux', 'HibernatePushFailed'],
    ['sticky', 'fail-remove', 'linux', 'HibernateRemoveFailed'],
    ['carded', 'fail-netresize', 'windows', 'HibernateNetResizeFailed'],
  ]
  it.each(failures)('says why %s could not sleep (%s)', async (name, word, os, reason) => {
    await user.createSet(name, {}, { image: `guest-${word}:1`, os })
    await user.untilPhase(name, 'Running')
    const before = parseVMRuntime(await user.untilReady(`${name}-0`))
    await user.desire(`${name}-0`, 'Hibernate')
    await user.told(`${name}-0`, reason)
    const pod = await user.until(
      'pods',
      user.at(`${name}-0`),
      (each) => readLifecycleState(each) === 'failed',
    )
    expect(parseVMRuntime(pod)).toEqual(before)
  })
  it('says why a VM could not wake', async () => {
    await user.createSet('torpid', {}, { image: 'guest-fail-wake:1' })
    await user.untilPhase('torpid', 'Running')
    await user.desire('torpid-0', 'Hibernate')
    await user.untilHibernation('torpid-0', 'Hibernated')
    await user.desire('torpid-0', 'Wake')
    expect(await user.told('torpid-0', 'WakeCloneFailed')).toContain('bad checksum')
  })
})
