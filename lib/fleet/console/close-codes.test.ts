import { describe, expect, it } from 'vitest'
import { CLOSE_CODES, CLOSE_REASONS, END_WORDS, endOf } from './close-codes.ts'

describe('the close codes', () => {
  it('are of the range of applications, each of one reason', () => {
    const codes = CLOSE_REASONS.map((reason) => CLOSE_CODES[reason])
    expect(new Set(codes).size).toBe(codes.length)
    expect(codes.filter((code) => code < 4000 || code > 4099)).toEqual([])
  })

  it('are read back as the reasons that they were sent for', () => {
    expect(CLOSE_REASONS.map((reason) => endOf(CLOSE_CODES[reason], true))).toEqual([...CLOSE_REASONS])
  })

  it.each([
    [1006, false, 'not-opened'],
    [1006, true, 'lost'],
    [1001, true, 'lost'],
    [4099, true, 'lost'],
  ] as const)('takes %i, opened %s, for %s', (code, opened, end) => {
    expect(endOf(code, opened)).toBe(end)
  })

  it('has sentences for every end', () => {
    const halves = Object.values(END_WORDS).filter(
      ({ title, detail }) => !/^[A-Z].*[^.]$/.test(title) || !detail.endsWith('.'),
    )
    expect(halves).toEqual([])
  })
})
