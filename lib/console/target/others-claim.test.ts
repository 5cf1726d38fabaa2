import { expect, it } from 'vitest'
import { aNode, aVm } from '../../fleet/arrange.fixture.ts'
import type { Vm } from '../../fleet/vm.ts'
import { othersClaim } from './others-claim.ts'

const endpoint = { host: '10.0.0.9', port: 5900 }
const vm = aVm({
  name: 'mine',
  uid: 'mine',
  namespace: 'a',
  managed: false,
  ip: endpoint.host,
  vncPort: 5900,
})
const claim = (other: Partial<Vm>, of: Vm = vm) =>
  othersClaim(of, endpoint, { vms: [of, aVm({ name: 'other', uid: 'other', ...other })], nodes: [] })

it('refuses a static VM the address of one that runs in another namespace', () => {
  expect(claim({ namespace: 'b', managed: true, ip: endpoint.host })).toContain('another namespace')
})

it.each([
  ['in its own namespace', { namespace: 'a', managed: true, ip: endpoint.host }],
  [
    'that is static, too: one machine may have many screens',
    { namespace: 'b', managed: false, ip: endpoint.host },
  ],
  ['elsewhere', { namespace: 'b', managed: true, ip: '10.0.0.8' }],
])('lets it have the address of a VM %s', (_, other) => {
  expect(claim(other)).toBeNull()
})

it('lets a managed VM keep the address that a static one claims', () => {
  expect(claim({ namespace: 'b', managed: false, ip: endpoint.host }, { ...vm, managed: true })).toBeNull()
})

it("refuses everybody a node's address but the screens that the node shows", () => {
  const nodes = [aNode('n', { internalIP: endpoint.host })]
  expect(othersClaim({ ...vm, managed: true }, endpoint, { vms: [], nodes })).toContain('of a node')
  const mac = { ...vm, managed: true, os: 'macos', node: 'n' }
  expect(othersClaim(mac, endpoint, { vms: [mac], nodes })).toBeNull()
  const rival = { ...mac, uid: 'rival', namespace: 'b' }
  expect(othersClaim(mac, endpoint, { vms: [mac, rival], nodes })).toContain('another VM names port 5900')
  expect(othersClaim(mac, endpoint, { vms: [mac, { ...rival, vncPort: 5901 }], nodes })).toBeNull()
})
