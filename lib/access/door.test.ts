import { describe, expect, it } from 'vitest'
import { closedTo } from './door.ts'
import type { Head } from './door.ts'
import { ROUTE_RULES } from './route-rules.ts'

const OPTIONS = { dev: false, publicOrigins: ['https://cocoon.example'] }
const statusOf = (method: string, target: string, headers: Head['headers'] = {}, dev = false) =>
  closedTo({ method, target, headers }, { ...OPTIONS, dev })?.problem.status ?? 'goes on'

describe('a request goes on', () => {
  it.each([
    ['GET', '/'],
    ['HEAD', '/?q=x'],
    ['OPTIONS', '/'],
    ['GET', '/no-such-page'],
    ['GET', '/robots.txt'],
    ['GET', '/_next/static/chunks/0-baxlvn-ec_v.js?dpl=1'],
    ['GET', '/_next/static/media/inter-s.p.0gsaq8ukbf34m.woff2'],
    ['GET', '/vms/team/web-0/console?_rsc=1'],
    ['GET', '/api/fleet'],
    ['HEAD', '/api/fleet'],
    ['OPTIONS', '/api/bulk'],
    ['GET', '/api/vms/team/web%2D0'],
    ['POST', '/api/vms/team/web-0/console'],
    ['POST', '/api/vms/team/web-0/wake'],
    ['DELETE', '/api/bulk'],
  ])('%s %s', (method, target) => {
    expect(statusOf(method, target)).toBe('goes on')
  })
})

describe('a request is refused', () => {
  it.each([
    ['GET', '/_next/image?url=%2Ficon.svg&w=64&q=75', 404],
    ['GET', '/_next/data/build/index.json', 404],
    ['GET', '/_next/static/chunks/a.js.map', 404],
    ['GET', '/_next/static/%2e%2e/image', 404],
    ['GET', '/_next', 404],
    ['GET', '/_global-error', 404],
    ['GET', '/_not-found', 404],
    ['GET', '//_next/image', 404],
    ['GET', '/%5Fnext/image', 404],
    ['GET', '/__nextjs_original-stack-frame', 404],
    ['POST', '/', 405],
    ['PUT', '/vms/team/web-0/console', 405],
    ['DELETE', '/healthz', 405],
    ['POST', '/no-such-page', 405],
    ['GET', '/api', 404],
    ['GET', '/api/', 404],
    ['GET', '/api/nothing', 404],
    ['GET', '/api/fleet/', 404],
    ['GET', '/api/vms/team', 404],
    ['GET', '/api/vms//web-0', 404],
    ['GET', '/%61pi/fleet', 404],
    ['GET', '/api/%66leet', 404],
    ['GET', '//api/fleet', 404],
    ['GET', '/API/fleet', 404],
    ['GET', '/api/fleet.rsc', 404],
    ['GET', '/api/bulk', 405],
    ['PATCH', '/api/sets/team/web', 405],
    ['POST', '/api/fleet/stream', 405],
    ['GET', '/healthz/../api/fleet', 404],
    ['GET', '/healthz/%2e%2e/api/fleet', 404],
    ['GET', '/healthz%2f..%2fapi/fleet', 404],
    ['GET', '/./api/fleet', 404],
    ['GET', '/healthz\\..\\api\\fleet', 404],
    ['GET', 'http://169.254.169.254/', 400],
    ['OPTIONS', '*', 400],
  ])('%s %s with %d', (method, target, status) => {
    expect(statusOf(method, target)).toBe(status)
  })

  it('tells which methods a path takes', () => {
    const closed = closedTo({ method: 'PATCH', target: '/api/sets/a/b', headers: {} }, OPTIONS)
    expect(closed?.allow).toEqual(['GET', 'HEAD', 'PUT', 'DELETE'])
  })
})

describe('from another site', () => {
  const cross = { host: 'cocoon.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }

  it.each([
    ['GET', '/', 'goes on'],
    ['GET', '/vms/team/web-0/console', 'goes on'],
    // The provider of sign-in sends people back to this.
    ['GET', '/api/session/oidc/callback?code=a&state=b', 'goes on'],
    ['POST', '/api/session/oidc/callback', 405],
    ['GET', '/api/session/oidc', 403],
    ['GET', '/api/fleet', 403],
    ['HEAD', '/api/fleet/stream', 403],
    ['OPTIONS', '/api/bulk', 403],
    ['POST', '/api/bulk', 403],
    ['DELETE', '/api/vms/team/web-0', 403],
  ])('%s %s is answered %s', (method, target, status) => {
    expect(statusOf(method, target, cross)).toBe(status)
  })

  it('takes the origin of its pages for its own', () => {
    const origin = { cookie: 'a=b', origin: 'https://cocoon.example' }
    expect(statusOf('POST', '/api/bulk', origin)).toBe('goes on')
    expect(statusOf('POST', '/api/bulk', { cookie: 'a=b' })).toBe(403)
    expect(statusOf('POST', '/api/bulk', { origin: ['https://cocoon.example', 'https://a.example'] })).toBe(
      403,
    )
  })
})

describe('from a browser that says nothing of where', () => {
  const headers = { host: 'cocoon.lan', cookie: 'a=b', 'user-agent': 'Mozilla/5.0' }
  const closed = { dev: false, publicOrigins: ['http://cocoon.lan'] }
  const status = (method: string, target: string, more = {}) =>
    closedTo({ method, target, headers: { ...headers, ...more } }, closed)?.problem.status ?? 'goes on'

  it('refuses every route that reads data, and answers it when our own page asks', () => {
    for (const [pattern, rule] of Object.entries(ROUTE_RULES)) {
      if (!('GET' in rule) || pattern.startsWith('/_')) continue
      const target = pattern.replaceAll(/\[\w+\]/g, 'x')
      const expected = rule.GET === 'signed-in' ? 403 : 'goes on'
      for (const method of ['GET', 'HEAD']) {
        expect([method, target, status(method, target)]).toEqual([method, target, expected])
        expect(status(method, target, { 'x-requested-with': 'cocoon' })).toBe('goes on')
        expect(status(method, target, { authorization: 'Bearer abc' })).toBe('goes on')
      }
    }
  })
})

it('leaves the paths of the tools open in development, and nothing else', () => {
  expect(statusOf('GET', '/_next/data/x', {}, true)).toBe('goes on')
  expect(statusOf('POST', '/__nextjs_original-stack-frames', {}, true)).toBe('goes on')
  expect(statusOf('POST', '/', {}, true)).toBe(405)
  expect(statusOf('POST', '/api/bulk', { origin: 'https://evil.example' }, true)).toBe(403)
})
