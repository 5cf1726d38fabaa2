import { expect, it } from 'vitest'
import { clientAddress } from './client-address.ts'
import { inNetworks } from './proxy/identity-headers.ts'

const isTrusted = inNetworks(['10.0.0.0/8'])

it.each<[peer: string, forwardedFor: string | undefined, address: string]>([
  ['192.0.2.1', undefined, '192.0.2.1'],
  ['192.0.2.1', '198.51.100.7', '192.0.2.1'],
  ['10.0.0.1', '198.51.100.7', '198.51.100.7'],
  ['10.0.0.1', '203.0.113.9, 198.51.100.7', '198.51.100.7'],
  ['10.0.0.1', '198.51.100.7, 10.0.0.2', '198.51.100.7'],
  ['10.0.0.1', '198.51.100.7,,  10.0.0.2', '198.51.100.7'],
  ['10.0.0.1', undefined, '10.0.0.1'],
  ['10.0.0.1', '', '10.0.0.1'],
  ['10.0.0.1', '10.0.0.2', '10.0.0.1'],
  ['10.0.0.1', 'nonsense', '10.0.0.1'],
  ['::ffff:10.0.0.1', '198.51.100.7', '198.51.100.7'],
])('a peer at %s that heard %s speaks for %s', (peer, forwardedFor, address) => {
  expect(clientAddress({ peer, forwardedFor }, isTrusted)).toBe(address)
})
