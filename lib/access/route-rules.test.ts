import { globSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { methodsOf, needOf, ROUTE_RULES, routeOf } from './route-rules.ts'
import type { RoutePattern } from './route-rules.ts'

const ROOT = join(import.meta.dirname, '../..')
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Not files of `app`: Next makes the first two, and `server.ts` serves the last. */
const ELSEWHERE = ['/_not-found', '/_global-error', '/api/fleet/stream']

const patternOf = (file: string) => file.replace(/^app(\/.*)?\/(page\.tsx|route\.tsx?)$/, '$1') || '/'

describe('the rules of the routes', () => {
  it('name every route in the sources, and nothing that is none', () => {
    const files = globSync('app/**/{page.tsx,route.ts,route.tsx}', { cwd: ROOT })
    const routes = [...files.map(patternOf), '/icon.svg', ...ELSEWHERE]
    expect(Object.keys(ROUTE_RULES).toSorted()).toEqual(routes.toSorted())
  })

  it.each(globSync('app/api/**/route.ts', { cwd: ROOT }))('name the methods of %s', async (file) => {
    const handlers = Object.keys((await import(join(ROOT, file))) as object)
    const methods = methodsOf(patternOf(file) as RoutePattern).filter((method) => method !== 'HEAD')
    expect(methods.toSorted()).toEqual(handlers.filter((name) => METHODS.includes(name)).toSorted())
  })

  it('are public only for what holds no data of the cluster', () => {
    const open = (Object.keys(ROUTE_RULES) as RoutePattern[]).filter(
      (pattern) =>
        pattern.startsWith('/api/') && METHODS.some((method) => needOf(pattern, method) === 'public'),
    )
    expect(open).toEqual([
      '/api/openapi.json',
      '/api/session',
      '/api/session/oidc',
      '/api/session/oidc/callback',
    ])
  })
})

describe('the route of a path', () => {
  it.each<[string, RoutePattern | null]>([
    ['/', '/'],
    ['/sets/new', '/sets/new'],
    ['/api/vms/a/b', '/api/vms/[namespace]/[name]'],
    ['/api/vms/a/b/console', '/api/vms/[namespace]/[name]/console'],
    ['/api/vms/a/b/wake', '/api/vms/[namespace]/[name]/[action]'],
    ['/api/vms/console/console/console', '/api/vms/[namespace]/[name]/console'],
    ['/api/vms/a', null],
    ['/api/vms/a//wake', null],
    ['/api/vms/a/b/wake/', null],
    ['/api/Fleet', null],
    ['', null],
    ['/__proto__', null],
  ])('%s is %s', (path, pattern) => {
    expect(routeOf(path)).toBe(pattern)
  })
})
