import { expect, it } from 'vitest'
import { planTyping } from './strokes.ts'
import type { Layout } from './layouts.ts'
import { typeStrokes } from './type-text.ts'

async function typed(text: string, layout: Layout, stopAfter = Infinity) {
  const sent: string[] = []
  const stop = new AbortController()
  const count = await typeStrokes(
    (_, code, down) => void sent.push(`${down ? '+' : '-'}${code ?? ''}`),
    planTyping(text, layout).strokes,
    {
      pause: async () => {},
      signal: stop.signal,
      onTyped: (done) => {
        if (done >= stopAfter) stop.abort()
      },
    },
  )
  const RELEASES = 9
  return {
    count,
    first: sent.slice(0, RELEASES),
    keys: sent.slice(RELEASES, -RELEASES),
    last: sent.slice(-RELEASES),
  }
}

it('holds Shift over what needs it and no longer', async () => {
  const { keys, count } = await typed('aAB1', 'us')
  expect(keys).toEqual('+KeyA -KeyA +ShiftLeft +KeyA -KeyA +KeyB -KeyB -ShiftLeft +Digit1 -Digit1'.split(' '))
  expect(count).toBe(4)
})

it('goes from Shift to AltGr without both', async () => {
  const { keys } = await typed('A@', 'de')
  expect(keys).toEqual('+ShiftLeft +KeyA -KeyA -ShiftLeft +AltRight +KeyQ -KeyQ'.split(' '))
})

it('lets go of every modifier first and last, and when it is called off', async () => {
  const { first, last, count } = await typed('ABC', 'us', 2)
  expect(count).toBe(2)
  expect(first.every((key) => key.startsWith('-'))).toBe(true)
  expect(last).toEqual(first)
  expect(first).toContain('-ShiftLeft')
  expect(first).toContain('-AltRight')
})
