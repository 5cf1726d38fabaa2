import { defineConfig, devices } from '@playwright/test'
import { CHROMIUM_FLAGS } from './scripts/chromium.ts'
import { PORT, portOf, WORKERS } from './e2e/browser/support/place.ts'

/** What the answers of the API server make a difference to; the look of pages is the same on every cluster. */
const OF_THE_CLUSTER = /@cluster/
const original = process.env.E2E_CLUSTER === 'original'

/** Few and telling tests, and none of them retried. */
export default defineConfig({
  testDir: 'e2e/browser',
  outputDir: '.cache/browser',
  workers: WORKERS,
  retries: 0,
  ...(original ? { grep: OF_THE_CLUSTER } : {}),
  // Waiting costs nothing, and the two share the machine with their clusters.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  use: {
    baseURL: `http://127.0.0.1:${PORT}`,
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: CHROMIUM_FLAGS,
    },
  },
  projects: [
    {
      name: 'desktop',
      testIgnore: /phone/,
      use: { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } },
    },
    { name: 'phone', testMatch: /phone|a11y/, use: { ...devices['Pixel 7'] } },
  ],
  // They start one after the other: the first one builds what is old, the second one finds it new.
  webServer: Array.from({ length: WORKERS }, (_, worker) => ({
    command: 'node e2e/serve.ts',
    url: `http://127.0.0.1:${portOf(worker)}/readyz`,
    env: { PORT: String(portOf(worker)) },
    timeout: 300_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    stdout: 'pipe',
  })),
})
