import { describe, expect, it } from 'vitest'
import { elapsed, formatAge, formatDuration, formatMoment } from './duration.ts'

const S = 1000
const MIN = 60 * S
const H = 60 * MIN
const D = 24 * H

describe('formatDuration', () => {
  it.each<[number, string]>([
    [0, '0 s'],
    [99, '0 s'],
    [400, '0.4 s'],
    [999, '0.9 s'],
    [S, '1 s'],
    [11.9 * S, '11 s'],
    [MIN - 1, '59 s'],
    [6 * MIN, '6 min'],
    [H, '1 h'],
    [47 * H, '47 h'],
    [3 * D, '3 d'],
    [13.9 * D, '13 d'],
    [35 * D, '5 wk'],
    [800 * D, '2 y'],
    [-5 * S, '0 s'],
    [Number.NaN, '–'],
    [Number.POSITIVE_INFINITY, '–'],
  ])('%d ms is %j', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text)
  })
})

describe('moments', () => {
  const now = Date.parse('2026-11-23T12:00:00Z')

  it.each<[string | null, string]>([
    ['2026-11-23T08:00:00Z', '4 h'],
    ['2026-11-23T12:00:09Z', '0 s'],
    [null, '–'],
    ['', '–'],
    ['yesterday', '–'],
  ])('%j was %s ago', (since, text) => {
    expect(formatAge(since, now)).toBe(text)
  })

  it('measures', () => {
    expect(elapsed('2026-11-23T11:59:58.500Z', now)).toBe(1500)
    expect(elapsed(null, now)).toBeNaN()
  })

  it.each<[string | number | null, number, string]>([
    ['2026-11-23T14:05:09Z', 0, '2026-11-23 14:05:09 +00:00'],
    ['2026-11-23T23:30:00Z', 60, '2026-11-24 00:30:00 +01:00'],
    ['2026-11-23T00:10:00Z', -210, '2026-11-22 20:40:00 -03:30'],
    [0, 0, '1970-01-01 00:00:00 +00:00'],
    [null, 0, '–'],
    ['nonsense', 0, '–'],
    [8.64e15, 60, '–'],
  ])('prints %j %d minutes east as %s', (moment, zone, text) => {
    expect(formatMoment(moment, zone)).toBe(text)
  })
})
