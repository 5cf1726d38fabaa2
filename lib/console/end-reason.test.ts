import { expect, it } from 'vitest'
import { aVm } from '../fleet/arrange.fixture.ts'
import type { Vm } from '../fleet/vm.ts'
import { endReason } from './end-reason.ts'
import type { Admission } from './tickets.ts'

const vm = aVm({
  name: 'desk',
  uid: 'uid',
  vmID: 'id',
  ip: '10.0.0.9',
  vncPort: 5900,
  managed: true,
  phase: 'ready',
})
const admission: Admission = {
  kind: 'vnc',
  who: 'ada',
  session: 'one',
  namespace: vm.namespace,
  name: vm.name,
  uid: vm.uid,
  endpoint: { host: '10.0.0.9', port: 5900 },
}

it.each<[Partial<Vm>, string | null]>([
  [{}, null],
  [{ phase: 'unreachable', message: 'the probe fails' }, null],
  [{ uid: 'other' }, 'vm-moved'],
  [{ ip: '10.0.0.10' }, 'vm-moved'],
  [{ ip: '' }, 'vm-moved'],
  [{ vncPort: 5901 }, 'vm-moved'],
  [{ vncPort: 0 }, 'vm-moved'],
  [{ phase: 'migrating' }, 'vm-moved'],
  [{ phase: 'hibernating' }, 'hibernating'],
  [{ phase: 'hibernated', vmID: '', ip: '' }, 'hibernating'],
  [{ phase: 'deleting' }, 'vm-gone'],
  [{ deletedAt: '2026-01-01T00:00:00Z' }, 'vm-gone'],
  [{ vmID: '' }, 'vm-gone'],
  [{ os: 'macos', ip: '' }, null],
  [{ os: 'macos', vncPort: 5901 }, 'vm-moved'],
])('of a VM with %o says %s', (change, reason) => {
  expect(endReason(admission, { ...vm, ...change })).toBe(reason)
})

it('of no VM says that it is gone', () => {
  expect(endReason(admission, undefined)).toBe('vm-gone')
})

it('of a shell does not mind where the screen is', () => {
  expect(endReason({ ...admission, kind: 'exec', endpoint: null }, { ...vm, ip: '10.1.1.1' })).toBeNull()
})
