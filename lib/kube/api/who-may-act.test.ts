import { expect, it } from 'vitest'
import { Refused } from '../problem.ts'
import { actingFor, requireActor, type Acting } from './who-may-act.ts'

const policies: [string, boolean, Acting][] = [
  ['127.0.0.1', false, 'here'],
  ['::1', false, 'here'],
  ['localhost', false, 'here'],
  ['0.0.0.0', false, 'nobody'],
  ['10.0.0.5', false, 'nobody'],
  ['dashboard.example', false, 'nobody'],
  ['0.0.0.0', true, 'everybody'],
  ['127.0.0.1', true, 'everybody'],
]
it.each(policies)('listening on %s, with everybody allowed %s, lets %s act', (HOST, allowed, acting) =>
  expect(actingFor({ HOST, ALLOW_UNAUTHENTICATED: allowed })).toBe(acting),
)

const passing: [Acting, string | null][] = [
  ['here', 'localhost:3000'],
  ['here', '127.0.0.1:3000'],
  ['here', '[::1]:3000'],
  ['here', 'localhost'],
  ['here', null],
  ['everybody', 'evil.example'],
]
const refused: [Acting, string | null][] = [
  ['here', 'evil.example:3000'],
  ['here', 'localhost.evil.example'],
  ['here', '127.0.0.1.evil.example:3000'],
  ['here', ''],
  ['nobody', 'localhost:3000'],
  ['nobody', null],
]
const requestTo = (host: string | null) =>
  new Request('http://dashboard/', { headers: host === null ? {} : { host } })

it.each(passing)('%s: a request to %s passes', (acting, host) =>
  expect(() => requireActor(acting, requestTo(host))).not.toThrow(),
)
it.each(refused)('%s: a request to %s is refused', (acting, host) =>
  expect(() => requireActor(acting, requestTo(host))).toThrow(Refused),
)
