import { describe, expect, it } from 'vitest'
import { formatBytes, formatCores, formatCpu, formatMemory } from './amount.ts'

describe('amounts', () => {
  it.each<[number, string]>([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1 KiB'],
    [1.5 * 2 ** 40, '1.5 TiB'],
    [48 * 2 ** 30, '48 GiB'],
    [2 ** 30 - 1, '1 GiB'],
    [9.96 * 2 ** 30, '10 GiB'],
    [Number.NaN, '–'],
    [-1, '–'],
  ])('%d bytes are %j', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })

  it.each<[number, string]>([
    [4, '4'],
    [0.5, '0.5'],
    [0.05, '0.05'],
    [2.25, '2.3'],
    [64, '64'],
    [Number.NaN, '–'],
  ])('%d cores are %j', (cores, text) => {
    expect(formatCores(cores)).toBe(text)
  })

  it.each<[string, string]>([
    ['8Gi', '8 GiB'],
    ['', '–'],
    ['lots', '–'],
  ])('of memory %j is %j', (text, memory) => {
    expect(formatMemory(text)).toBe(memory)
  })

  it('of processor reads quantities', () => {
    expect(formatCpu('500m')).toBe('0.5')
    expect(formatCpu('4')).toBe('4')
    expect(formatCpu('')).toBe('–')
  })
})
