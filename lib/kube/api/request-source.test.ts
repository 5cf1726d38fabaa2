import { describe, expect, it } from 'vitest'
import { foreignSource, sourceOf } from './request-source.ts'
import type { RequestSource } from './request-source.ts'

const PUBLIC = ['https://cocoon.example', 'https://b.example:8443']
const HOST = 'localhost:3000'
const OWN = `http://${HOST}`

const silent: Omit<RequestSource, 'purpose'> = {
  host: HOST,
  origin: null,
  site: null,
  mode: null,
  dest: null,
  cookie: false,
  browser: false,
  vouched: false,
}
const fetched = { site: 'same-origin', mode: 'cors', dest: 'empty' }
const socket = { site: 'same-origin', mode: 'websocket', dest: 'websocket' }

const STRANGERS = [
  'null',
  '',
  'http://localhost:3001',
  'https://localhost:3000',
  'http://127.0.0.1:3000',
  'http://LOCALHOST:3000',
  'http://localhost:3000/',
  'http://localhost.:3000',
  'http://user@localhost:3000',
  'http://vm.localhost:3000',
  'http://localhost.evil.example:3000',
  'http://xn--lcalhost-e1a:3000',
  'http://localhost:3000, http://localhost:3000',
  'http://evil.example',
]

type Told = Partial<RequestSource>

const whyNot = (told: Told & Pick<RequestSource, 'purpose'>, publicOrigins: readonly string[] = []) =>
  foreignSource({ ...silent, ...told }, publicOrigins)

describe('a change', () => {
  it.each<[Told, string[]]>([
    [{}, []],
    [{ origin: OWN }, []],
    [{ origin: OWN, cookie: true }, []],
    [{ origin: OWN, cookie: true, ...fetched }, []],
    [{ origin: OWN, mode: 'same-origin' }, []],
    [{ host: '[::1]:3000', origin: 'http://[::1]:3000' }, []],
    [{ host: 'inside:3000', origin: 'https://b.example:8443', cookie: true }, PUBLIC],
    [{ host: 'cocoon.example' }, PUBLIC],
    [{ host: 'cocoon.example' }, []],
  ])('%j with %j is done', (told, publicOrigins) => {
    expect(whyNot({ purpose: 'change', ...told }, publicOrigins)).toBeNull()
  })

  it.each<[Told, string[]]>([
    [{ cookie: true }, []],
    [{ cookie: true, site: 'same-origin' }, []],
    [{ origin: OWN, site: 'same-site' }, []],
    [{ origin: OWN, site: 'cross-site' }, []],
    [{ origin: OWN, site: 'none' }, []],
    [{ origin: OWN, site: 'same-origin, cross-site' }, []],
    [{ origin: OWN, ...fetched, mode: 'navigate' }, []],
    [{ origin: OWN, ...fetched, mode: 'no-cors' }, []],
    [{ origin: OWN, ...fetched, mode: 'websocket' }, []],
    [{ origin: OWN, ...fetched, dest: 'document' }, []],
    [{ origin: OWN, ...fetched, dest: 'image' }, []],
    [{ origin: OWN, ...fetched, dest: 'iframe' }, []],
    [{ host: 'evil.example:3000', origin: 'http://evil.example:3000' }, []],
    [{ host: '', origin: 'http://' }, []],
    [{ host: null, origin: OWN }, []],
    [{ origin: OWN }, PUBLIC],
    [{ host: 'cocoon.example', origin: 'http://cocoon.example' }, PUBLIC],
    [{ host: 'cocoon.example', origin: 'https://cocoon.example.' }, PUBLIC],
    [{ host: 'cocoon.example', origin: 'https://vm.cocoon.example' }, PUBLIC],
    [{ host: 'cocoon.example', origin: 'https://cocoon.example:8443' }, PUBLIC],
  ])('%j with %j is not done', (told, publicOrigins) => {
    expect(whyNot({ purpose: 'change', ...told }, publicOrigins)).not.toBeNull()
  })

  it.each(STRANGERS)('for a page of %j is not done, with a cookie or without', (origin) => {
    expect(whyNot({ purpose: 'change', origin })).not.toBeNull()
    expect(whyNot({ purpose: 'change', origin, cookie: true })).not.toBeNull()
  })

  it('is told what to set where its own origin is not known', () => {
    expect(whyNot({ purpose: 'change', host: 'a.example', origin: 'http://a.example' })).toContain(
      'PUBLIC_ORIGIN',
    )
  })
})

describe('a read', () => {
  it.each<Told>([
    {},
    { vouched: true },
    { browser: true, cookie: true, ...fetched },
    { browser: true, cookie: true, site: 'none', mode: 'navigate', dest: 'document' },
    { browser: true, cookie: true, site: 'same-origin', mode: 'no-cors', dest: 'image' },
    { browser: true, cookie: true, origin: OWN, ...fetched },
    { browser: true, cookie: true, origin: OWN },
    { browser: true, cookie: true, vouched: true },
    { browser: true, vouched: true },
    { cookie: true, vouched: true },
  ])('%j is answered', (told) => {
    expect(whyNot({ purpose: 'read', ...told })).toBeNull()
  })

  // So a picture in a neighbour's page over plain HTTP, to which browsers add no word of where it comes from.
  it.each<Told>([{ cookie: true }, { browser: true }, { browser: true, cookie: true }])(
    '%j is not answered, and told by which header',
    (told) => {
      for (const publicOrigins of [[], PUBLIC, ['http://cocoon.lan']]) {
        expect(whyNot({ purpose: 'read', ...told }, publicOrigins)).toContain('x-requested-with: cocoon')
      }
      expect(whyNot({ purpose: 'visit', ...told })).toBeNull()
    },
  )

  it.each<Told>([
    { site: 'cross-site' },
    { site: 'same-site' },
    { site: 'cross-site', mode: 'navigate', dest: 'document' },
    { site: '' },
    ...STRANGERS.map((origin) => ({ origin })),
  ])('%j is not answered, whoever vouches for it, nor is a visit', (told) => {
    expect(whyNot({ purpose: 'read', ...told })).not.toBeNull()
    expect(whyNot({ purpose: 'read', vouched: true, ...told })).not.toBeNull()
    expect(whyNot({ purpose: 'visit', ...told })).not.toBeNull()
  })

  it.each<[name: string, value: string, says: Told]>([
    ['x-requested-with', 'cocoon', { vouched: true }],
    ['x-requested-with', 'XMLHttpRequest', {}],
    ['authorization', 'Bearer abc', { vouched: true }],
    ['authorization', 'bearer abc', { vouched: true }],
    // Browsers repeat these by themselves, whoever asks.
    ['authorization', 'Basic YTpi', {}],
    ['authorization', 'Negotiate YTpi', {}],
    ['authorization', 'Digest a="b"', {}],
    ['user-agent', 'Mozilla/5.0 (X11; Linux x86_64)', { browser: true }],
    ['user-agent', 'curl/8.0 (not Mozilla/5.0)', {}],
    ['cookie', 'a=b', { cookie: true }],
  ])('with %s: %s says %j', (name, value, says) => {
    const source = sourceOf('read', (asked) => (asked === name ? value : asked === 'host' ? HOST : null))
    expect(source).toEqual({ purpose: 'read', ...silent, ...says })
  })
})

describe('a WebSocket', () => {
  it.each<[Told, string[]]>([
    [{ origin: OWN }, []],
    [{ origin: OWN, ...socket }, []],
    [{ origin: OWN, ...socket, dest: 'empty' }, []],
    [{ host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000' }, []],
    [{ host: 'inside:3000', origin: 'https://cocoon.example' }, PUBLIC],
  ])('%j with %j is opened', (told, publicOrigins) => {
    expect(whyNot({ purpose: 'upgrade', ...told }, publicOrigins)).toBeNull()
  })

  it.each<[Told, string[]]>([
    [{}, []],
    [{ origin: OWN, ...socket, mode: 'cors' }, []],
    [{ origin: OWN, ...socket, site: 'same-site' }, []],
    [{ origin: OWN, ...socket, site: 'none' }, []],
    [{ host: 'evil.example:3000', origin: 'http://evil.example:3000' }, []],
    [{ origin: OWN }, PUBLIC],
    ...STRANGERS.map((origin): [Told, string[]] => [{ origin }, []]),
  ])('%j with %j is not opened', (told, publicOrigins) => {
    expect(whyNot({ purpose: 'upgrade', ...told }, publicOrigins)).not.toBeNull()
  })
})
