import { expect, it } from 'vitest'
import { linkWords, rateWords } from './link-words.ts'

it.each([
  [0, '0 B/s'],
  [999, '999 B/s'],
  [1_100_000, '1.1 MB/s'],
  [23_400, '23 kB/s'],
  [9.9e12, '9900 GB/s'],
])('%f bytes a second are %s', (rate, words) => {
  expect(rateWords(rate)).toBe(words)
})

it.each([
  [18, '1280×800 · 18 ms · 24 fps · 1.0 kB/s'],
  [0, '1280×800 · 1 ms · 24 fps · 1.0 kB/s'],
  [null, '1280×800 · – ms · 24 fps · 1.0 kB/s'],
])('a round trip of %s', (roundTrip, words) => {
  const figures = { roundTrip, framesPerSecond: 24, bytesPerSecond: 1_000 }
  expect(linkWords({ width: 1280, height: 800 }, figures)).toBe(words)
})
