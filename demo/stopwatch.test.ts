import { expect, it } from 'vitest'
import { manualClock } from './clock.ts'
import { kubeTime } from './kube-time.ts'
import { stopwatch } from './stopwatch.ts'

const START = Date.UTC(2026, 0, 1) + 700

it('measures in cluster time from when it first saw a stamp', async () => {
  const clock = manualClock(START)
  const watch = stopwatch(clock, 10)
  const stamp = kubeTime(clock.now())
  expect(watch.since('a', stamp)).toBe(0)
  await clock.advance(300)
  expect(watch.since('a', stamp)).toBe(3000)
  expect(watch.since('b', stamp)).toBe(0)
})

it('starts anew with a new stamp', async () => {
  const clock = manualClock(START)
  const watch = stopwatch(clock, 1)
  watch.since('a', kubeTime(clock.now()))
  await clock.advance(5000)
  const next = kubeTime(clock.now())
  expect(watch.since('a', next)).toBe(0)
  await clock.advance(1000)
  expect(watch.since('a', next)).toBe(1000)
})

it('believes an old stamp', () => {
  const clock = manualClock(START)
  expect(stopwatch(clock, 1).since('a', kubeTime(START - 60_000))).toBe(60_700)
  expect(stopwatch(clock, 1).since('a', 'nonsense')).toBe(0)
})
