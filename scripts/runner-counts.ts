/** What one runner did. */
export interface Counts {
  passed: number
  failed: number
}

interface VitestReport {
  numPassedTests?: number
  numFailedTests?: number
  testResults?: { status?: string; assertionResults?: unknown[] }[]
}

interface PlaywrightReport {
  stats?: { expected?: number; unexpected?: number; flaky?: number }
  errors?: unknown[]
}

/** Counts of vitest's JSON report; a file that failed before its first test counts as one failure. */
export function vitestCounts(report: VitestReport): Counts {
  const broken = (report.testResults ?? []).filter(
    (file) => file.status === 'failed' && (file.assertionResults ?? []).length === 0,
  )
  return { passed: report.numPassedTests ?? 0, failed: (report.numFailedTests ?? 0) + broken.length }
}

/** Counts of Playwright's JSON report; a flaky test is a failure here. */
export function playwrightCounts(report: PlaywrightReport): Counts {
  const { expected = 0, unexpected = 0, flaky = 0 } = report.stats ?? {}
  return { passed: expected, failed: unexpected + flaky + (report.errors?.length ?? 0) }
}

/** A runner that ended badly without naming a failure has failed all the same. */
export function honest(counts: Counts, exitCode: number | null): Counts {
  if (exitCode === 0 || counts.failed > 0) return counts
  return { ...counts, failed: 1 }
}

export const sum = (all: readonly Counts[]): Counts => ({
  passed: all.reduce((total, counts) => total + counts.passed, 0),
  failed: all.reduce((total, counts) => total + counts.failed, 0),
})
