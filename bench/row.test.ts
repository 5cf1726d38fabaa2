import { describe, expect, it } from 'vitest'
import { median, printRows, quantile } from './row.ts'

describe('quantile', () => {
  it.each<[number[], number, number]>([
    [[3, 1, 2], 0.5, 2],
    [[1, 2, 3, 4], 0.5, 2],
    [Array.from({ length: 100 }, (_, at) => at + 1), 0.99, 99],
    [[7], 0.99, 7],
  ])('of %j at %d is %d', (samples, share, value) => {
    expect(quantile(samples, share)).toBe(value)
  })

  it('is NaN of nothing', () => {
    expect(median([])).toBeNaN()
  })
})

describe('printRows', () => {
  it('shows ratios where there is a peer, and says what is met', () => {
    const table = printRows([
      { name: 'time', unit: 'ms', ours: 10, peer: 40, target: 0.4 },
      { name: 'stall', unit: 'ms', ours: 60, peer: null, target: 50 },
    ])
    expect(table.split('\n')).toEqual([
      'what   ours   peer   ratio  target',
      'time   10 ms  40 ms  0.25   ≤ 0.4    met',
      'stall  60 ms  –      –      ≤ 50 ms  missed',
    ])
  })
})
