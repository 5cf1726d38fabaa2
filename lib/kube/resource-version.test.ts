import { describe, expect, it } from 'vitest'
import { compareResourceVersions, isResourceVersion } from './resource-version.ts'

describe('resource versions', () => {
  it.each([
    ['0', true],
    ['1', true],
    ['18446744073709551615', true],
    ['', false],
    ['01', false],
    ['-1', false],
    ['1.5', false],
    ['1e3', false],
    [' 1', false],
    ['x', false],
    [1, false],
    [undefined, false],
    [null, false],
  ])('%j is one: %j', (value, expected) => {
    expect(isResourceVersion(value)).toBe(expected)
  })

  it.each([
    ['1', '1', 0],
    ['9', '10', -1],
    ['10', '9', 1],
    ['100', '101', -1],
    // Beyond what a double tells apart.
    ['9007199254740992', '9007199254740993', -1],
    ['18446744073709551615', '18446744073709551614', 1],
  ])('%s against %s', (left, right, expected) => {
    expect(Math.sign(compareResourceVersions(left, right))).toBe(expected)
  })
})
