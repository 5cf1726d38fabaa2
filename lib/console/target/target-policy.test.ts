import { describe, expect, it } from 'vitest'
import { createTargetPolicy, DEFAULT_NETWORKS, DEFAULT_PORTS } from './target-policy.ts'

const standard = createTargetPolicy([{ networks: DEFAULT_NETWORKS, ports: DEFAULT_PORTS }])
const ports = [{ first: 5900, last: 5999 }]

describe('the target policy', () => {
  it.each(['10.0.0.1', '172.16.0.1', '172.31.255.254', '192.168.1.5', '100.64.0.1'])(
    'lets %s pass',
    (host) => {
      expect(standard.refusal(host, 5900)).toBeNull()
      expect(standard.refusal(host, 5999)).toBeNull()
    },
  )

  it.each([
    ['127.0.0.1', 'this machine itself'],
    ['169.254.169.254', 'link-local'],
    ['100.100.100.200', 'metadata'],
    ['0.0.0.0', 'unspecified'],
    ['224.0.0.1', 'multicast'],
    ['255.255.255.255', 'broadcast'],
    ['8.8.8.8', 'none of the networks'],
    ['172.32.0.1', 'none of the networks'],
    ['fd00::1', 'none of the networks'],
    ['::1', 'this machine itself'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'usual form'],
    ['::ffff:10.0.0.1', 'usual form'],
    ['::ffff:a00:1', 'usual form'],
    ['0:0:0:0:0:0:0:1', 'usual form'],
    ['10.1', 'usual form'],
    ['010.0.0.1', 'usual form'],
    ['167772161', 'usual form'],
    ['10.0.0.5 ', 'usual form'],
    ['10.0.0.5\n', 'usual form'],
    ['10.0.0.5:80', 'usual form'],
    ['１０.0.0.5', 'usual form'],
    ['10.0.0.5.nip.io', 'usual form'],
    ['', 'usual form'],
  ])('refuses %j: %s', (host, why) => {
    expect(standard.refusal(host, 5900)).toContain(why)
  })

  it.each([0, -1, 22, 80, 443, 5899, 6000, 6443, 65_536, 5900.5, Number.NaN])('refuses port %d', (port) => {
    expect(standard.refusal('10.0.0.1', port)).toContain('port')
  })

  it('keeps what is never dialled out of a network that merely contains it', () => {
    const wide = createTargetPolicy([{ networks: ['0.0.0.0/0', '::/0'], ports }])
    expect(wide.refusal('8.8.8.8', 5900)).toBeNull()
    expect(wide.refusal('2001:db8::1', 5900)).toBeNull()
    const never = ['127.0.0.1', '169.254.169.254', '100.100.100.200', '::1', 'fd00:ec2::254', '2002::1']
    expect(never.filter((host) => wide.refusal(host, 5900) === null)).toEqual([])
  })

  it('lets pass what is listed by itself, and no more', () => {
    const listed = createTargetPolicy([{ networks: ['127.90.0.0/16', '169.254.7.7'], ports }])
    expect(listed.refusal('127.90.3.4', 5900)).toBeNull()
    expect(listed.refusal('169.254.7.7', 5900)).toBeNull()
    expect(listed.refusal('127.0.0.1', 5900)).toContain('this machine itself')
    expect(listed.refusal('169.254.169.254', 5900)).toContain('link-local')
  })

  it('has ports for each network', () => {
    const two = createTargetPolicy([
      { networks: ['10.0.0.0/8'], ports: [{ first: 5900, last: 5900 }] },
      { networks: ['192.168.0.0/16'], ports: [{ first: 5999, last: 5999 }] },
    ])
    expect(two.refusal('10.0.0.1', 5999)).toContain('port')
    expect(two.refusal('192.168.0.1', 5999)).toBeNull()
  })

  it('refuses all when nothing is listed', () => {
    expect(createTargetPolicy([{ networks: [], ports }]).refusal('10.0.0.1', 5900)).toContain('none of')
    expect(createTargetPolicy([]).refusal('10.0.0.1', 5900)).not.toBeNull()
  })

  it('does not start with a network that it cannot read', () => {
    expect(() => createTargetPolicy([{ networks: ['10.0.0.0/33'], ports }])).toThrow('10.0.0.0/33')
  })
})
