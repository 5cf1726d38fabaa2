import { expect, it } from 'vitest'
import { sessionEnd } from './session-end.ts'
import type { SessionEnd } from './session-end.ts'

const NOW = Date.UTC(2026, 0, 2)
const inMinutes = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString()

it.each<[string, expiresAt: string | null, activeAgo: number, fixed: boolean, what: SessionEnd]>([
  ['one without an end', null, 0, false, 'far'],
  ['an hour is left', inMinutes(60), 0, false, 'far'],
  ['somebody is there', inMinutes(4), 1, false, 'renew'],
  ['nobody was there for a while', inMinutes(4), 3, false, 'near'],
  ['renewing it did not help', inMinutes(4), 1, true, 'near'],
  ['its time has come', inMinutes(0), 0, false, 'over'],
])('%s', (_what, expiresAt, activeAgo, fixed, what) => {
  expect(sessionEnd({ expiresAt }, { now: NOW, active: NOW - activeAgo * 60_000, fixed })).toBe(what)
})
