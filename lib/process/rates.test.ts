import { expect, it } from 'vitest'
import { createRates } from './rates.ts'

it('lets a burst pass, then as many as come back', () => {
  let now = 1_000
  const rates = createRates({ perSecond: 2, burst: 3 }, () => now)
  const taken = () => Array.from({ length: 5 }, () => rates.take('a') === 0).filter(Boolean).length
  expect(taken()).toBe(3)
  now += 1_000
  expect(taken()).toBe(2)
  now += 3_600_000
  expect(taken()).toBe(3)
})

it('tells how long to wait, in whole seconds', () => {
  const rates = createRates({ perSecond: 0.25, burst: 1 }, () => 0)
  expect(rates.take('a')).toBe(0)
  expect(rates.take('a')).toBe(4)
})

it('takes nothing from whoever is refused, nor from others, nor when the clock goes back', () => {
  let now = 10_000
  const rates = createRates({ perSecond: 1, burst: 1 }, () => now)
  expect(rates.take('a')).toBe(0)
  for (let again = 0; again < 100; again += 1) expect(rates.take('a')).toBe(1)
  expect(rates.take('b')).toBe(0)
  now = 5_000
  expect(rates.take('a')).toBe(1)
  now = 6_000
  expect(rates.take('a')).toBe(0)
})

it('remembers a bounded number of somebodies, those that came last', () => {
  const rates = createRates({ perSecond: 1, burst: 1 }, () => 0)
  rates.take('first')
  for (let index = 0; index < 20_000; index += 1) rates.take(`another ${index}`)
  expect(rates.take('another 19999')).toBe(1)
  expect(rates.take('first')).toBe(0)
})
