import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ANNOTATION_DEAD_LETTER,
  ANNOTATION_POST_CLONE_ERRORS,
  ANNOTATION_POST_CLONE_HINT,
  ANNOTATION_POST_CLONE_STATE,
  ANNOTATION_REBUILD_HISTORY,
} from '../lib/cocoon/component-keys.ts'
import { ANNOTATION_IP, ANNOTATION_LIFECYCLE_STATE, ANNOTATION_VM_ID } from '../lib/cocoon/keys.ts'
import type { Pod } from '../lib/cocoon/kube-json.ts'
import { readLifecycleState, readLifecycleStatus } from '../lib/cocoon/lifecycle.ts'
import { isPodReady } from '../lib/cocoon/pod-state.ts'
import { parseVMRuntime } from '../lib/cocoon/vm-runtime.ts'
import { fleetUser, type FleetUser } from './testing/fleet-user.ts'

let user: FleetUser
beforeAll(async () => {
  user = await fleetUser()
})
afterAll(() => user.close())

describe('a VM that cannot be created', () => {
  it('fails its set, is tried again and again, and recovers with another image', async () => {
    await user.createSet('broken', {}, { image: 'ubuntu-fail-boot:1' })
    await user.untilPhase('broken', 'Failed')
    const pod = await user.until('pods', user.at('broken-0'), (each) => readLifecycleState(each) === 'failed')
    expect(pod.status).toMatchObject({ phase: 'Pending', reason: 'ProviderFailed' })
    await user.told('broken-0', 'ProviderCreateFailed')
    await user.until('pods', user.at('broken-0'), (each) => readLifecycleState(each) === 'creating')
    await user.until('pods', user.at('broken-0'), (each) => readLifecycleState(each) === 'failed')
    await user.edit('broken', { agent: { image: 'ubuntu:24.04' } })
    await user.untilPhase('broken', 'Running')
    await user.told('broken-0', 'ProviderCreateSuccess')
  })

  it('is given up after four rebuilds when it is a fork', async () => {
    await user.createSet('doomed', {}, { image: 'ubuntu-fail-fork:1', replicas: 1 })
    await user.until(
      'pods',
      user.at('doomed-1'),
      (pod) => pod.metadata?.annotations?.[ANNOTATION_DEAD_LETTER] === 'true',
    )
    const set = await user.untilPhase('doomed', 'Scaling')
    const history = set.metadata?.annotations?.[ANNOTATION_REBUILD_HISTORY] ?? ''
    expect(JSON.parse(history)).toMatchObject({ 1: { count: 4 } })
    await user.told('doomed', 'SubAgentRebuilding')
    await user.told('doomed', 'SubAgentDeadLetter')
  })

  const reasons: [string, string, string][] = [
    ['snapless', 'fail-snapshot', 'save snapshot fork-'],
    ['imageless', 'no-image', 'manifest unknown'],
    ['unregistered', 'no-registry', '503 Service Unavailable'],
  ]
  it.each(reasons)('%s says why (%s)', async (name, word, text) => {
    await user.createSet(name, {}, { image: `ubuntu-${word}:1`, replicas: 1 })
    const slot = word === 'fail-snapshot' ? 1 : 0
    const failed = (pod: Pod) => readLifecycleStatus(pod).message !== ''
    const pod = await user.until('pods', user.at(`${name}-${slot}`), failed)
    expect(readLifecycleStatus(pod).message).toContain(text)
  })

  it('is restored when the registry proves that it sleeps, and refused from another image', async () => {
    await user.createSet('proof')
    await user.untilPhase('proof', 'Running')
    await user.edit('proof', { suspend: true })
    await user.untilPhase('proof', 'Suspended')
    await user.edit('proof', { suspend: false })
    await user.untilPhase('proof', 'Running')
    const before = await user.untilReady('proof-0')
    await user.client.remove('pods', before)
    await user.until(
      'pods',
      user.at('proof-0'),
      (pod) => pod.metadata?.uid !== before.metadata?.uid && isPodReady(pod),
    )
    await user.told('proof-0', 'HibernateSnapshotExists')
    await user.edit('proof', { agent: { image: 'ubuntu:26.04' } })
    await user.untilPhase('proof', 'Failed')
    expect(await user.told('proof-0', 'HibernateEvidenceFailed')).toContain('cannot be restored')
  })
})

describe('a VM that is not well', () => {
  it('comes and goes when its probe is flaky', async () => {
    await user.createSet('flaky', {}, { image: 'ubuntu-flaky-probe:1' })
    await user.untilReady('flaky-0')
    const lost = await user.until('pods', user.at('flaky-0'), (pod) => !isPodReady(pod))
    expect(readLifecycleState(lost)).toBe('ready')
    const ready = lost.status?.conditions?.find((condition) => condition.type === 'Ready')
    expect(ready?.message).toMatch(/^ping failed: no reply from 10\./)
    await user.untilReady('flaky-0')
  })

  const losses: [string, string, string][] = [
    ['looping', 'crash-loop', 'RestartCooldown'],
    ['leaving', 'vm-gone', 'VMGone'],
  ]
  it.each(losses)('%s loses its pod when it is lost (%s)', async (name, word) => {
    await user.createSet(name, {}, { image: `ubuntu-${word}:1` })
    // Ready would be too much to wait for: they are lost too soon.
    const booted = (pod: Pod) => parseVMRuntime(pod).vmID !== ''
    const before = await user.until('pods', user.at(`${name}-0`), booted)
    const after = await user.until(
      'pods',
      user.at(`${name}-0`),
      (pod) => pod.metadata?.uid !== before.metadata?.uid && booted(pod),
    )
    expect(parseVMRuntime(after).vmID).not.toBe(parseVMRuntime(before).vmID)
  })

  it('gets its address late, and says so', async () => {
    await user.createSet('tardy', {}, { image: 'ubuntu-ip-late:1' })
    const early = await user.until(
      'pods',
      user.at('tardy-0'),
      (pod) => pod.metadata?.annotations?.[ANNOTATION_VM_ID] !== undefined,
    )
    expect(early.metadata?.annotations?.[ANNOTATION_IP]).toBe('')
    const ready = await user.untilReady('tardy-0')
    expect(ready.status?.podIP).toBe(ready.metadata?.annotations?.[ANNOTATION_IP])
  })

  it('fails as a clone that never gets an address', async () => {
    await user.createSet('mute', {}, { image: 'ubuntu-no-ip:1' })
    await user.untilPhase('mute', 'Failed')
    await user.told('mute-0', 'PostCloneIPWaitTimeout')
    const pod = await user.client.get('pods', user.at('mute-0'))
    expect(pod.status?.phase).toBe('Running')
    expect(isPodReady(pod)).toBe(false)
  })

  const unfixed: [string, string, 'linux' | 'windows'][] = [
    ['unfixed', 'fail-fixup', 'linux'],
    ['agentless', 'no-agent', 'windows'],
  ]
  it.each(unfixed)('leaves a hint in %s, whose network cannot be fixed (%s)', async (name, word, os) => {
    await user.createSet(name, {}, { image: `guest-${word}:1`, os })
    await user.untilPhase(name, 'Failed')
    await user.told(`${name}-0`, 'PostCloneExecExhausted')
    const pod = await user.client.get('pods', user.at(`${name}-0`))
    expect(pod.status?.phase).toBe('Running')
    const annotations = pod.metadata?.annotations ?? {}
    expect(annotations[ANNOTATION_POST_CLONE_STATE]).toBe('failed')
    expect(annotations[ANNOTATION_POST_CLONE_ERRORS]).toContain('guest agent')
    const hint = Buffer.from(annotations[ANNOTATION_POST_CLONE_HINT] ?? '', 'base64').toString()
    expect(hint).toContain(os === 'windows' ? 'ipconfig /renew' : 'ip addr replace')
  })

  it('has its state written again when somebody changes it', async () => {
    await user.createSet('meddled')
    const before = await user.untilReady('meddled-0')
    await user.until('pods', user.at('meddled-0'), (pod) => readLifecycleState(pod) === 'ready')
    const annotations = { [ANNOTATION_LIFECYCLE_STATE]: 'hibernating' }
    await user.client.patch('pods', user.at('meddled-0'), { metadata: { annotations } })
    const after = await user.until('pods', user.at('meddled-0'), (pod) => readLifecycleState(pod) === 'ready')
    expect(after.metadata?.uid).toBe(before.metadata?.uid)
  })

  it('stays until it is saved when it is deleted', async () => {
    await user.createSet('stubborn', {}, { image: 'ubuntu-fail-delete:1' })
    await user.untilPhase('stubborn', 'Running')
    await user.client.remove('cocoonsets', await user.client.get('cocoonsets', user.at('stubborn')))
    expect(await user.told('stubborn-0', 'ProviderDeleteFailed')).toContain('save snapshot')
    await user.untilGone('pods', user.at('stubborn-0'))
    await user.told('stubborn-0', 'ProviderDeleteSuccess')
    await user.untilGone('cocoonsets', user.at('stubborn'))
  })
})
