import { describe, expect, it } from 'vitest'
import { headAt } from './group-heads.ts'

describe('headAt', () => {
  it.each([
    [0, 0],
    [3, 0],
    [4, 4],
    [5, 5],
    [900, 9],
  ])('item %i is under head %i', (index, head) => {
    expect(headAt([0, 4, 5, 9], index)).toBe(head)
  })

  it('has no head where nothing is grouped', () => {
    expect(headAt([], 3)).toBe(-1)
    expect(headAt([2], 1)).toBe(-1)
  })
})
