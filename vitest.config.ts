import { defineConfig } from 'vitest/config'

/**
 * `unit` are rules and rooms by themselves; `promises` are the suites of the promises, against a faulty
 * API server, with their figures printed. PROMISES=full runs those at their whole counts.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{lib,components,app,demo,scripts,bench}/**/*.test.{ts,tsx}', '*.test.ts'],
          environment: 'node',
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'promises',
          include: ['e2e/promises/**/*.test.ts'],
          environment: 'node',
          fileParallelism: false,
          testTimeout: 900_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
