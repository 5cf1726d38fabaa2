import { expect, it } from 'vitest'
import { goTime } from './pod-proxy-log-time.ts'

const LAYOUT = '"2006-01-02T15:04:05Z07:00"'

it.each([
  ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
  ['2026-01-01T00:00:00.123456789Z', '2026-01-01T00:00:00Z'],
  ['2026-01-01T00:00:00+02:00', '2025-12-31T22:00:00Z'],
])('reads %s', (text, time) => {
  expect(goTime(text)).toBe(time)
})

// Each as kube-apiserver v1.36.3 answers it.
it.each([
  ['noon', `parsing time "noon" as ${LAYOUT}: cannot parse "noon" as "2006"`],
  ['2026-01-01', `parsing time "2026-01-01" as ${LAYOUT}: cannot parse "" as "T"`],
  ['2026-13-01T00:00:00Z', 'parsing time "2026-13-01T00:00:00Z": month out of range'],
  ['2026-02-30T00:00:00Z', 'parsing time "2026-02-30T00:00:00Z": day out of range'],
  ['2026-01-01T25:00:00Z', 'parsing time "2026-01-01T25:00:00Z": hour out of range'],
  ['2026-01-01T00:00:00Zx', 'parsing time "2026-01-01T00:00:00Zx": extra text: "x"'],
])('refuses %s', (text, words) => {
  expect(() => goTime(text)).toThrow(words)
})
