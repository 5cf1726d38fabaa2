import { expect, it } from 'vitest'
import { readyPod, webSet } from '../testing/objects.ts'
import { agentPod } from '../../lib/fleet/drift/pod-shape.ts'
import { noMachine } from './machine.ts'
import { asleepStatus, endedStatus, providerFailedStatus, runningStatus } from './pod-status.ts'

const NOW = Date.UTC(2026, 0, 1)
const pod = agentPod(webSet(), 0)
const machine = { ...noMachine(), vmID: 'x', ip: '10.0.0.9' }
const lost = { ...machine, probeMessage: 'ping failed' }

it('shows a VM that runs', () => {
  expect(runningStatus(pod, { ...machine, reachable: true }, NOW, true)).toMatchObject({
    phase: 'Running',
    podIP: '10.0.0.9',
    podIPs: [{ ip: '10.0.0.9' }],
    conditions: [
      { type: 'Initialized', status: 'True' },
      { type: 'Ready', status: 'True' },
    ],
    containerStatuses: [{ name: 'agent', ready: true, restartCount: 0, state: { running: {} } }],
  })
})
it('has no other conditions than those two and that of the scheduler, and no host address', () => {
  const scheduled = { type: 'PodScheduled', status: 'True' }
  const others = [scheduled, { type: 'ContainersReady', status: 'True' }]
  const status = runningStatus({ ...pod, status: { conditions: others } }, machine, NOW, true)
  expect(status.conditions?.map((each) => each.type)).toEqual(['PodScheduled', 'Initialized', 'Ready'])
  expect(status).not.toHaveProperty('hostIP')
})
it('tells what the probe says only where vk-cocoon does', () => {
  const message = (tells: boolean) =>
    runningStatus(pod, lost, NOW, tells).conditions?.find((each) => each.type === 'Ready')?.message
  expect([message(true), message(false)]).toEqual(['ping failed', undefined])
})
it('keeps the time of a transition, and starts the container anew at every refresh', () => {
  const status = runningStatus(readyPod(pod), { ...machine, reachable: true }, NOW + 60_000, true)
  expect(status.conditions?.at(-1)?.lastTransitionTime).toBe('2026-01-01T00:00:00Z')
  expect(status.containerStatuses?.[0]?.state?.running?.startedAt).toBe('2026-01-01T00:01:00Z')
})
it('shows a sleeping VM as Pending, with nothing of what it had', () => {
  expect(asleepStatus()).toMatchObject({
    phase: 'Pending',
    conditions: null,
    containerStatuses: null,
    podIP: null,
  })
})
it('shows a creation that failed as Pending, or as Failed where it may not be repeated', () => {
  const once = { ...pod, spec: { ...pod.spec, restartPolicy: 'Never' } }
  const failed = { reason: 'ProviderFailed', message: 'no kernel' }
  expect(providerFailedStatus(pod, 'no kernel')).toEqual({ phase: 'Pending', ...failed })
  expect(providerFailedStatus(once, 'no kernel')).toEqual({ phase: 'Failed', ...failed })
})
it('says last how a VM ended', () => {
  const end = { reason: 'VMGone', message: 'gone' }
  expect(endedStatus('Failed', NOW, end)).toMatchObject({
    phase: 'Failed',
    reason: 'VMGone',
    containerStatuses: [{ state: { terminated: { exitCode: 1, reason: 'VMGone' } } }],
  })
  expect(endedStatus('Succeeded', NOW, { reason: 'Completed', message: '' })).toMatchObject({
    phase: 'Succeeded',
    containerStatuses: [{ state: { terminated: { exitCode: 0, reason: 'Completed' } } }],
  })
})
