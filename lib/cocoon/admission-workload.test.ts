import { expect, it } from 'vitest'
import { scaleDownDenial } from './admission-workload.ts'
import type { Workload } from './admission-workload.ts'

const workload = (replicas: unknown, key = 'virtual-kubelet.io/provider'): Workload => ({
  kind: 'Deployment',
  metadata: { namespace: 'n', name: 'web' },
  spec: {
    ...(replicas === undefined ? {} : { replicas: replicas as number }),
    template: { spec: { tolerations: [{ key }] } },
  },
})

it.each([
  [3, 1, true],
  [3, undefined, true],
  [1, 0, true],
  [undefined, 0, true],
  [3, 3, false],
  [1, 3, false],
  [undefined, undefined, false],
  [undefined, 1, false],
  ['3', 1, false],
  [3, 'few', false],
])('a cocoon workload from %j to %j is denied: %j', (before, after, denied) => {
  expect(scaleDownDenial(workload(before), workload(after)) !== null).toBe(denied)
})

it('names the workload and the way out', () => {
  expect(scaleDownDenial(workload(3), workload(1))).toMatch(
    /^scale-down blocked for cocoon Deployment n\/web \(3 -> 1\)\. Use a CocoonHibernation CR /,
  )
})

it('lets others scale, but nobody by dropping the toleration', () => {
  expect(scaleDownDenial(workload(3, 'other'), workload(1, 'other'))).toBeNull()
  expect(scaleDownDenial(workload(3), workload(1, 'other'))).not.toBeNull()
  expect(scaleDownDenial({}, { spec: { replicas: 0 } })).toBeNull()
})
