import { describe, expect, it } from 'vitest'
import { LAYOUT_TABLES, LAYOUTS, ROWS } from './layouts.ts'
import { planTyping, strokesOf } from './strokes.ts'
import type { Layout } from './layouts.ts'

const written = (char: string, layout: Layout) =>
  strokesOf(char, layout)
    ?.map(({ code, shift, altGr }) => `${shift ? 'Shift+' : ''}${altGr ? 'AltGr+' : ''}${code ?? 'any'}`)
    .join(' ') ?? null

describe('a character on a layout', () => {
  it.each<[Layout, string, string | null]>([
    ['us', 'a', 'KeyA'],
    ['us', 'A', 'Shift+KeyA'],
    ['us', '@', 'Shift+Digit2'],
    ['us', '~', 'Shift+Backquote'],
    ['us', '\\', 'Backslash'],
    ['us', 'é', null],
    ['us', '€', null],
    ['gb', '"', 'Shift+Digit2'],
    ['gb', '@', 'Shift+Quote'],
    ['gb', '#', 'Backslash'],
    ['gb', '\\', 'IntlBackslash'],
    ['gb', '€', 'AltGr+Digit4'],
    ['de', 'z', 'KeyY'],
    ['de', 'y', 'KeyZ'],
    ['de', '@', 'AltGr+KeyQ'],
    ['de', '{', 'AltGr+Digit7'],
    ['de', '\\', 'AltGr+Minus'],
    ['de', '|', 'AltGr+IntlBackslash'],
    ['de', '~', 'AltGr+BracketRight'],
    ['de', 'ß', 'Minus'],
    ['de', '^', 'Backquote Space'],
    ['de', '`', 'Shift+Equal Space'],
    ['de', 'é', 'Equal KeyE'],
    ['de', 'À', 'Shift+Equal Shift+KeyA'],
    ['de', 'ñ', null],
    ['ch', 'Ö', 'BracketRight Shift+KeyO'],
    ['ch', '@', 'AltGr+Digit2'],
    ['ch', '[', 'AltGr+BracketLeft'],
    ['fr', 'a', 'KeyQ'],
    ['fr', '1', 'Shift+Digit1'],
    ['fr', 'é', 'Digit2'],
    ['fr', 'ê', 'BracketLeft KeyE'],
    ['fr', '@', 'AltGr+Digit0'],
    ['fr', '^', 'AltGr+Digit9'],
    ['fr', '.', 'Shift+Comma'],
    ['es', 'ñ', 'Semicolon'],
    ['es', 'ü', 'Shift+Quote KeyU'],
    ['es', '{', 'AltGr+Quote'],
    ['it', '@', 'AltGr+Semicolon'],
    ['it', 'é', 'Shift+BracketLeft'],
    ['se', 'å', 'BracketLeft'],
    ['se', '~', 'AltGr+BracketRight Space'],
    ['se', '$', 'AltGr+Digit4'],
    ['keysyms', '漢', 'any'],
    ['keysyms', '\u0007', null],
    ['us', '\n', 'Enter'],
    ['fr', '\t', 'Tab'],
    ['us', '😀', null],
    ['us', '__proto__', null],
  ])('%s types %s by %s', (layout, char, strokes) => {
    expect(written(char, layout)).toBe(strokes)
  })

  it.each([
    ['a', 0x61],
    ['é', 0xe9],
    ['€', 0x20ac],
    ['漢', 0x01006f22],
    ['😀', 0x0101f600],
  ])('%s has its keysym', (char, keysym) => {
    expect(strokesOf(char, 'keysyms')?.[0]?.keysym).toBe(keysym)
  })
})

describe('the tables', () => {
  const named = LAYOUTS.filter((layout) => layout !== 'keysyms')

  it.each(named)('%s has no more characters than keys', (layout) => {
    const { plain, shift, altGr } = LAYOUT_TABLES[layout]
    for (const level of [plain, shift, altGr]) {
      level.forEach((row, place) =>
        expect(Array.from(row).length).toBeLessThanOrEqual(ROWS[place]?.length ?? 0),
      )
    }
  })

  it.each(named)('%s types what programs are written in', (layout) => {
    const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('')
    expect(planTyping(ascii, layout).cannot).toEqual([])
  })
})

describe('a text', () => {
  it('names each character that cannot be typed once, and keeps the rest', () => {
    const { strokes, cannot } = planTyping('aé\r\nb é漢', 'us')
    expect(cannot).toEqual(['é', '漢'])
    expect(strokes).toHaveLength(4)
  })
})
