import { describe, expect, it } from 'vitest'
import { exitCounts, honest, playwrightCounts, sum, vitestCounts } from './runner-counts.ts'

const failed = (passed: number, ...failures: string[]) => ({ passed, failed: failures.length, failures })

describe('the counts of the runners', () => {
  it.each([
    [
      'names what failed, in which file',
      {
        numPassedTests: 3,
        testResults: [
          {
            name: `${process.cwd()}/lib/a.test.ts`,
            status: 'failed',
            assertionResults: [
              { status: 'passed', fullName: 'a holds' },
              { status: 'failed', fullName: 'a group breaks' },
            ],
          },
          { name: '/elsewhere/b.test.ts', status: 'passed', assertionResults: [{ status: 'passed' }] },
        ],
      },
      failed(3, 'lib/a.test.ts › a group breaks'),
    ],
    ['has nothing without a report', {}, failed(0)],
    [
      'a file that failed before its first test, or after its last',
      {
        numPassedTests: 2,
        testResults: [
          { name: '/one.test.ts', status: 'failed', assertionResults: [] },
          { name: '/two.test.ts', status: 'failed', assertionResults: [{ status: 'passed' }] },
        ],
      },
      failed(2, '/one.test.ts › the file itself', '/two.test.ts › the file itself'),
    ],
  ])('vitest: %s', (_, report, counts) => {
    expect(vitestCounts(report)).toEqual(counts)
  })

  it.each([
    [
      'names what failed or wavered, with its groups',
      {
        stats: { expected: 4 },
        suites: [
          {
            title: 'fleet.spec.ts',
            specs: [
              { title: 'opens', tests: [{ projectName: 'desktop', status: 'expected' }] },
              { title: 'closes', tests: [{ projectName: 'desktop', status: 'flaky' }] },
            ],
            suites: [
              {
                title: 'in the dark',
                specs: [{ title: 'is seen', tests: [{ projectName: 'phone', status: 'unexpected' }] }],
              },
            ],
          },
        ],
      },
      failed(
        4,
        '[desktop] › fleet.spec.ts › closes › flaky',
        '[phone] › fleet.spec.ts › in the dark › is seen',
      ),
    ],
    [
      'says what kept it from testing',
      { errors: [{ message: 'no server\nat line 3' }, {}] },
      failed(0, 'no server', 'an error without words'),
    ],
  ])('playwright: %s', (_, report, counts) => {
    expect(playwrightCounts(report)).toEqual(counts)
  })

  it('believes an exit code that no failure explains', () => {
    expect(honest(failed(5), 1)).toEqual(failed(5, 'it ended with 1'))
    expect(honest(failed(5, 'a'), 1)).toEqual(failed(5, 'a'))
    expect(honest(failed(5), null)).toEqual(failed(5, 'it ended with a signal'))
    expect(honest(failed(5), 0)).toEqual(failed(5))
    expect(exitCounts(0)).toEqual(failed(1))
    expect(exitCounts(2)).toEqual(failed(0, 'it ended with 2'))
  })

  it('sums, and says of each failure in which step it was', () => {
    expect(
      sum([
        ['unit', failed(1, 'a', 'b')],
        ['lint', failed(0, 'it ended with 1')],
        ['build', failed(1)],
      ]),
    ).toEqual(failed(2, 'unit: a', 'unit: b', 'lint: it ended with 1'))
    expect(sum([])).toEqual(failed(0))
  })
})
