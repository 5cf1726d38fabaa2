import { describe, expect, it } from 'vitest'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { NOW } from '../testing/objects.ts'
import { loadOf } from './load.ts'

const HOUR = 3_600_000

const pod = (uid: string, ready = true, requests: Record<string, string> = {}): Pod => ({
  metadata: { uid },
  spec: { containers: [{ name: 'agent', resources: { requests } }] },
  status: {
    conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    containerStatuses: [{ name: 'agent', state: { running: {} } }],
  },
})
const cpu = (one: Pod, at: number) => loadOf(one, at)?.cpuNanoCores ?? 0

describe('the load of a VM', () => {
  it('is the same for everybody who asks, and differs between VMs', () => {
    expect(loadOf(pod('a'), NOW)).toEqual(loadOf(pod('a'), NOW))
    const seen = new Set(['a', 'b', 'c', 'd'].map((uid) => cpu(pod(uid), NOW)))
    expect(seen.size).toBe(4)
  })

  it('changes within minutes and over a day', () => {
    const one = pod('a')
    const minutes = Array.from({ length: 20 }, (_, index) => cpu(one, NOW + index * 30_000))
    expect(new Set(minutes).size).toBeGreaterThan(10)
    const hours = Array.from({ length: 24 }, (_, index) => cpu(one, NOW + index * HOUR))
    expect(Math.max(...hours)).toBeGreaterThan(1.5 * Math.min(...hours))
  })

  it('stays within what the pod asks for', () => {
    for (let index = 0; index < 500; index++) {
      const one = pod(`uid-${index}`, true, { cpu: '500m', memory: '1Gi' })
      const load = loadOf(one, NOW + index * 977_000)
      expect(load?.cpuNanoCores).toBeGreaterThan(0)
      expect(load?.cpuNanoCores).toBeLessThanOrEqual(5e8)
      expect(load?.memoryBytes).toBeGreaterThan(2 ** 27)
      expect(load?.memoryBytes).toBeLessThanOrEqual(2 ** 30)
    }
  })

  it('is next to nothing while a guest is not ready, and none without a VM', () => {
    expect(cpu(pod('a', false), NOW)).toBeLessThan(0.01 * 2e9)
    expect(loadOf({ metadata: { uid: 'a' }, status: { phase: 'Pending' } }, NOW)).toBeUndefined()
  })
})
