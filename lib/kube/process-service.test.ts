import { afterEach, expect, it, vi } from 'vitest'
import type { FleetService } from './fleet-service.ts'

const KEY = Symbol.for('cocoon-dashboard.fleet-service')
afterEach(() => {
  Reflect.deleteProperty(globalThis, KEY)
  vi.resetModules()
})

/** Next evaluates the module once for every part of the server: each import here is such a copy. */
async function copy() {
  vi.resetModules()
  return import('./process-service.ts')
}

const service = { cluster: { kind: 'demo', name: 'demo' } } as FleetService

it('is one service for every copy of the module', async () => {
  const [server, route] = [await copy(), await copy()]
  expect(server).not.toBe(route)
  server.installFleetService(service)
  expect(route.fleetService()).toBe(service)
})

it('is installed once in a process', async () => {
  const [server, again] = [await copy(), await copy()]
  server.installFleetService(service)
  expect(() => again.installFleetService(service)).toThrow('this process already watches a fleet')
})

it('says how to start the dashboard when nothing is installed', async () => {
  const { fleetService } = await copy()
  expect(() => fleetService()).toThrow('npm start or npm run dev')
})
