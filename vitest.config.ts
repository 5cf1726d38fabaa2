import { defineConfig } from 'vitest/config'

const LIFECYCLE = 'demo/lifecycle-*.test.ts'

/** Suites that talk to a whole cluster wait for it: starting the original may mean building it first. */
const CLUSTER_TIMEOUTS = { testTimeout: 120_000, hookTimeout: 900_000 }

/**
 * `lifecycle`, `kubectl`, `actions`, `access` and `conformance` hold the embedded cluster to the original, and run against
 * that with E2E_CLUSTER=original; `original` needs the original always.
 *
 * `console` are the tunnels to VNC servers, TigerVNC's and QEMU's among them.
 *
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
          exclude: [LIFECYCLE],
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
      {
        test: {
          name: 'console',
          include: ['e2e/console/**/*.test.ts'],
          environment: 'node',
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'lifecycle',
          include: [LIFECYCLE],
          environment: 'node',
          globalSetup: ['e2e/lifecycle-cluster.ts'],
          ...CLUSTER_TIMEOUTS,
        },
      },
      {
        test: {
          name: 'kubectl',
          include: ['e2e/kubectl/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['e2e/kubectl/support/global-setup.ts'],
          ...CLUSTER_TIMEOUTS,
        },
      },
      {
        test: {
          name: 'actions',
          include: ['e2e/actions/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['e2e/actions/support/global-setup.ts'],
          fileParallelism: false,
          ...CLUSTER_TIMEOUTS,
        },
      },
      {
        test: {
          name: 'access',
          include: ['e2e/access/**/*.test.ts'],
          environment: 'node',
          fileParallelism: false,
          ...CLUSTER_TIMEOUTS,
        },
      },
      {
        test: {
          name: 'conformance',
          include: ['e2e/conformance/**/*.test.ts'],
          environment: 'node',
          fileParallelism: false,
          ...CLUSTER_TIMEOUTS,
        },
      },
      {
        test: {
          name: 'original',
          include: ['e2e/original/**/*.test.ts'],
          environment: 'node',
          fileParallelism: false,
          ...CLUSTER_TIMEOUTS,
          testTimeout: 300_000,
        },
      },
    ],
  },
})
