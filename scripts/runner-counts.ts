/** What one runner did. */
export interface Counts {
  passed: number
  failed: number
  /** What failed, by the names that its runner shows. */
  failures: readonly string[]
}

interface VitestTest {
  status?: string
  fullName?: string
}

interface VitestReport {
  numPassedTests?: number
  testResults?: { name?: string; status?: string; assertionResults?: VitestTest[] }[]
}

interface PlaywrightTest {
  projectName?: string
  status?: string
}

interface PlaywrightSuite {
  title?: string
  file?: string
  suites?: PlaywrightSuite[]
  specs?: { title?: string; tests?: PlaywrightTest[] }[]
}

interface PlaywrightReport {
  stats?: { expected?: number }
  suites?: PlaywrightSuite[]
  errors?: { message?: string }[]
}

const join = (...names: (string | undefined)[]) => names.filter(Boolean).join(' › ')
const firstLine = (text = 'an error without words') => text.split('\n', 1)[0] ?? ''
const counts = (passed: number, failures: readonly string[]): Counts => ({
  passed,
  failed: failures.length,
  failures,
})

/** Counts of vitest's JSON report; a file that failed without a failed test counts as one failure. */
export function vitestCounts({ numPassedTests = 0, testResults = [] }: VitestReport): Counts {
  const failures = testResults.flatMap(({ name, status, assertionResults = [] }) => {
    const file = name?.replace(`${process.cwd()}/`, '')
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (failed.length > 0) return failed.map((test) => join(file, test.fullName))
    return status === 'failed' ? [join(file, 'the file itself')] : []
  })
  return counts(numPassedTests, failures)
}

function failedIn({ title, suites = [], specs = [] }: PlaywrightSuite): string[] {
  const own = specs.flatMap((spec) =>
    (spec.tests ?? [])
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ projectName, status }) =>
        join(projectName && `[${projectName}]`, title, spec.title, status === 'flaky' ? 'flaky' : undefined),
      ),
  )
  const below = suites.flatMap((suite) => failedIn({ ...suite, title: join(title, suite.title) }))
  return [...own, ...below]
}

/** Counts of Playwright's JSON report; a flaky test is a failure here. */
export function playwrightCounts({ stats, suites = [], errors = [] }: PlaywrightReport): Counts {
  const failures = [...suites.flatMap(failedIn), ...errors.map(({ message }) => firstLine(message))]
  return counts(stats?.expected ?? 0, failures)
}

/** What a command alone tells. */
export const exitCounts = (exitCode: number | null): Counts =>
  exitCode === 0 ? counts(1, []) : counts(0, [`it ended with ${exitCode ?? 'a signal'}`])

/** A runner that ended badly without naming a failure has failed all the same. */
export function honest(told: Counts, exitCode: number | null): Counts {
  if (exitCode === 0 || told.failed > 0) return told
  return { ...exitCounts(exitCode), passed: told.passed }
}

/** All of them as one; each failure behind the name of its step. */
export function sum(steps: readonly (readonly [step: string, counts: Counts])[]): Counts {
  return counts(
    steps.reduce((total, [, { passed }]) => total + passed, 0),
    steps.flatMap(([step, { failures }]) => failures.map((failure) => `${step}: ${failure}`)),
  )
}
