import { describe, expect, it } from 'vitest'
import { placePopover } from './place-popover.ts'

const SCREEN = { width: 400, height: 300 }
const SIZE = { width: 100, height: 80 }
const box = (left: number, top: number) => ({ left, top, right: left + 40, bottom: top + 20 })

describe('placePopover', () => {
  it.each([
    ['below, from the start', box(50, 50), SIZE, 'start', { left: 50, top: 76, maxHeight: 214 }],
    ['below, to the end', box(200, 50), SIZE, 'end', { left: 140, top: 76, maxHeight: 214 }],
    ['below, in the middle', box(200, 50), SIZE, 'center', { left: 170, top: 76, maxHeight: 214 }],
    ['inside the left edge', box(0, 50), SIZE, 'end', { left: 10, top: 76, maxHeight: 214 }],
    ['inside the right edge', box(380, 50), SIZE, 'start', { left: 290, top: 76, maxHeight: 214 }],
    ['above at the bottom', box(50, 270), SIZE, 'start', { left: 50, top: 184, maxHeight: 254 }],
    [
      'below, cut, where that is the larger room',
      box(50, 100),
      { width: 100, height: 500 },
      'start',
      { left: 50, top: 126, maxHeight: 164 },
    ],
  ] as const)('stands %s', (_, anchor, size, align, expected) => {
    expect(placePopover(anchor, size, SCREEN, align)).toEqual(expected)
  })
})
