import { describe, expect, it } from 'vitest'
import { placeTip } from './place-tip.ts'

const SCREEN = { width: 400, height: 300 }
const TIP = { width: 100, height: 20 }

describe('placeTip', () => {
  it.each([
    ['above, centred', { left: 150, top: 100, width: 100, height: 30 }, { left: 150, top: 74 }],
    ['below at the top edge', { left: 150, top: 10, width: 100, height: 30 }, { left: 150, top: 46 }],
    ['within the left edge', { left: 0, top: 100, width: 20, height: 30 }, { left: 8, top: 74 }],
    ['within the right edge', { left: 380, top: 100, width: 20, height: 30 }, { left: 292, top: 74 }],
    [
      'beside nothing: still on screen',
      { left: 0, top: 0, width: 400, height: 300 },
      { left: 150, top: 272 },
    ],
  ])('stands %s', (_, anchor, expected) => {
    expect(placeTip(anchor, TIP, SCREEN)).toEqual(expected)
  })
})
