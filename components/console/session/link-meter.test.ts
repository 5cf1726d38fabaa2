import { expect, it } from 'vitest'
import { createLinkMeter } from './link-meter.ts'

it('counts bytes and pictures over three seconds', () => {
  const meter = createLinkMeter()
  meter.data(9_000, 0)
  meter.data(3_000, 1_000)
  for (let at = 0; at < 3_000; at += 100) meter.frame(at)
  expect(meter.figures(2_000)).toEqual({ roundTrip: null, framesPerSecond: 10, bytesPerSecond: 4_000 })
  expect(meter.figures(3_500)).toMatchObject({ bytesPerSecond: 1_000 })
  expect(meter.figures(9_000)).toMatchObject({ framesPerSecond: 0, bytesPerSecond: 0 })
})

it('asks for a pixel in quiet moments only, one at a time, and times the next answer', () => {
  const meter = createLinkMeter()
  meter.data(1, 1_000)
  expect(meter.mayAsk(1_050)).toBe(false)
  expect(meter.mayAsk(1_200)).toBe(true)
  meter.asks(1_200)
  expect(meter.mayAsk(1_900)).toBe(false)
  meter.data(20, 1_218)
  expect(meter.figures(1_300).roundTrip).toBe(18)
  expect(meter.mayAsk(1_400)).toBe(true)
  expect(meter.figures(32_000).roundTrip).toBeNull()
})

it('stops asking where nothing moves, so that a console can be idle', () => {
  const meter = createLinkMeter()
  meter.data(1, 0)
  let asked = 0
  for (let at = 1_000; at < 600_000; at += 1_000) {
    if (!meter.mayAsk(at)) continue
    meter.asks(at)
    meter.data(20, at + 10)
    asked += 1
  }
  expect(asked).toBe(59)
})
