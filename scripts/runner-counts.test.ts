import { describe, expect, it } from 'vitest'
import { honest, playwrightCounts, sum, vitestCounts } from './runner-counts.ts'

describe('the counts of the runners', () => {
  it.each([
    [
      { numPassedTests: 3, numFailedTests: 1 },
      { passed: 3, failed: 1 },
    ],
    [{}, { passed: 0, failed: 0 }],
    [
      { numPassedTests: 2, numFailedTests: 0, testResults: [{ status: 'failed', assertionResults: [] }] },
      { passed: 2, failed: 1 },
    ],
    [
      { numPassedTests: 2, numFailedTests: 1, testResults: [{ status: 'failed', assertionResults: [{}] }] },
      { passed: 2, failed: 1 },
    ],
  ])('reads vitest %o', (report, counts) => {
    expect(vitestCounts(report)).toEqual(counts)
  })

  it.each([
    [{ stats: { expected: 4, unexpected: 1, flaky: 1 } }, { passed: 4, failed: 2 }],
    [{ errors: [{}] }, { passed: 0, failed: 1 }],
  ])('reads playwright %o', (report, counts) => {
    expect(playwrightCounts(report)).toEqual(counts)
  })

  it('believes an exit code that no failure explains', () => {
    expect(honest({ passed: 5, failed: 0 }, 1)).toEqual({ passed: 5, failed: 1 })
    expect(honest({ passed: 5, failed: 2 }, 1)).toEqual({ passed: 5, failed: 2 })
    expect(honest({ passed: 5, failed: 0 }, null)).toEqual({ passed: 5, failed: 1 })
    expect(honest({ passed: 5, failed: 0 }, 0)).toEqual({ passed: 5, failed: 0 })
  })

  it('sums', () => {
    expect(
      sum([
        { passed: 1, failed: 2 },
        { passed: 3, failed: 4 },
      ]),
    ).toEqual({ passed: 4, failed: 6 })
    expect(sum([])).toEqual({ passed: 0, failed: 0 })
  })
})
