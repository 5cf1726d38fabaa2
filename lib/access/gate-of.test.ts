import { expect, it } from 'vitest'
import type { Transport } from '../kube/transport.ts'
import { readEnvironment } from '../process/environment.ts'
import { gateOf } from './gate-of.ts'

const parts = { transport: {} as Transport, findSight: () => Promise.reject(new Error('not asked')) }

it('does not start behind a proxy that it was not told of', () => {
  expect(() => gateOf(readEnvironment({ AUTH_MODE: 'proxy' }), parts)).toThrow('TRUSTED_PROXIES')
})
