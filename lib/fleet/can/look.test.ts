import { describe, expect, it } from 'vitest'
import { VM_PHASES, type Vm } from '../vm.ts'
import { can } from './can.ts'
import type { VmSubject } from './subjects.ts'
import { aBareVm, aFork, around, notesOf, reasonOf } from './subjects.fixture.ts'
import { vncEndpoint } from './vnc-endpoint.ts'

const AGO = '2026-11-23T11:00:00.000Z'
const shown = { vncPort: 5901, connType: 'vnc' }
const windows = { os: 'windows', connType: 'rdp' }

describe('console', () => {
  it.each<[string, VmSubject, { host: string; port: number }]>([
    ['a VM with a port', around(aFork(shown)), { host: '10.8.4.17', port: 5901 }],
    ['one by convention (contract 8)', around(aFork({ connType: 'vnc' })), { host: '10.8.4.17', port: 5900 }],
    [
      'macOS, by its node (contract 8)',
      around(aFork({ os: 'macos', ...shown })),
      { host: '10.0.0.1', port: 5901 },
    ],
    [
      'macOS that is not run',
      around(aBareVm({ os: 'macos', managed: false, ...shown })),
      { host: '10.8.4.17', port: 5901 },
    ],
    ['one that boots', around(aFork({ phase: 'creating', ...shown })), { host: '10.8.4.17', port: 5901 }],
    [
      'one that failed and runs',
      around(aFork({ phase: 'failed', ...shown })),
      { host: '10.8.4.17', port: 5901 },
    ],
    [
      'one on a node that is down',
      around(aFork(shown), {}, { ready: false }),
      { host: '10.8.4.17', port: 5901 },
    ],
  ])('may be opened of %s', (_, subject, endpoint) => {
    expect(reasonOf(can.console(subject))).toBe('')
    expect(vncEndpoint(subject.vm, subject.node)).toEqual(endpoint)
  })

  it.each<[string, VmSubject, string]>([
    ['one without a screen (contract 8)', around(aFork()), 'web-2 has no VNC server: reach it by ssh.'],
    ['macOS without a port', around(aFork({ os: 'macos', connType: 'vnc' })), 'given its screen no VNC port'],
    ['one without an address', around(aFork({ ip: '', ...shown })), 'web-2 has no address yet'],
    [
      'macOS on an unknown node',
      { ...around(aFork({ os: 'macos', ...shown })), node: null },
      'shown by its node (node-a1)',
    ],
    [
      'one that sleeps (contract 11.14)',
      around(aFork({ phase: 'hibernated', vmID: '', ...shown })),
      'wake it first',
    ],
    ['one that goes', around(aFork({ deletedAt: AGO, ...shown })), 'web-2 is being deleted'],
  ])('must not be opened of %s', (_, subject, reason) => {
    expect(reasonOf(can.console(subject))).toContain(reason)
  })

  it.each<[string, VmSubject, string]>([
    ['which port is tried', around(aFork({ connType: 'vnc' })), '5900 is tried'],
    ['that the node is down', around(aFork(shown), {}, { ready: false }), 'web-2 may not answer'],
    [
      'that the probe fails',
      around(aFork({ phase: 'unreachable', message: 'ping failed', ...shown })),
      '(ping failed)',
    ],
  ])('says %s', (_, subject, note) => {
    expect(notesOf(can.console(subject))).toContain(note)
  })
})

describe.each(['terminal', 'logs'] as const)('%s', (action) => {
  const verdictOn = (vm: Vm, node = {}) => can[action](around(vm, {}, node))

  it.each([
    ['ready', aFork()],
    ['of no set', aBareVm()],
    ['away', aFork({ phase: 'unreachable' })],
    ['failed, and runs', aFork({ phase: 'failed' })],
    ['not ready, and runs', aFork({ phase: 'creating' })],
    ['Windows', aFork(windows)],
  ])('may be opened of one that is %s', (_, vm) => {
    expect(reasonOf(verdictOn(vm))).toBe('')
  })

  it.each(VM_PHASES.filter((phase) => phase !== 'ready' && phase !== 'unreachable'))(
    'must not be opened of one that is %s and has no VM (contract 6.7)',
    (phase) => {
      expect(reasonOf(verdictOn(aFork({ phase, vmID: '' })))).toMatch(/^web-2 (?:has|is) .*\.$/)
    },
  )

  it.each([
    ['one that goes', aFork({ deletedAt: AGO }), {}, 'web-2 is being deleted'],
    [
      'Windows on an old kubelet (contract 6.7)',
      aFork(windows),
      { version: 'v0.2.9' },
      'of Windows guests: connect by RDP to 10.8.4.17.',
    ],
    ['the same without an address', aFork({ ip: '', ...windows }), { version: 'v0.2.9' }, 'connect by RDP.'],
    ['one on a node that is down', aFork(), { ready: false }, 'Node node-a1 is not ready'],
  ])('must not be opened of %s', (_, vm, node, reason) => {
    expect(reasonOf(verdictOn(vm, node))).toContain(reason)
  })

  it('says what kubelets between the old and the new do (contract 6.7)', () => {
    expect(notesOf(verdictOn(aFork(windows)))).toContain('connect by RDP')
    expect(notesOf(verdictOn(aFork()))).toBe('')
  })
})

it('lets logs be read, but no command be run, while the VM is saved', () => {
  const saving = around(aFork({ phase: 'hibernating' }))
  expect(reasonOf(can.logs(saving))).toBe('')
  expect(reasonOf(can.terminal(saving))).toContain('web-2 is hibernating')
})
