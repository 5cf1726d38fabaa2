import { defineConfig, devices } from '@playwright/test'
import { CHROMIUM_FLAGS } from './scripts/chromium.ts'

/** Two runs beside each other, each in a clone of its own, need two ports. */
const PORT = Number(process.env.E2E_PORT ?? 3111)

/** These bring clusters of their own that fail on purpose: which one the others look at makes no difference. */
const OWN_CLUSTERS = /hostile|scale|states/
const ignored = process.env.E2E_CLUSTER === 'original' ? [OWN_CLUSTERS] : []

/** Two cores: one worker, few and telling tests, and none of them retried. */
export default defineConfig({
  testDir: 'e2e/browser',
  outputDir: '.cache/browser',
  workers: 1,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
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
      testIgnore: [/phone/, ...ignored],
      use: { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } },
    },
    { name: 'phone', testMatch: /phone|a11y/, use: { ...devices['Pixel 7'] } },
  ],
  webServer: {
    command: 'node e2e/serve.ts',
    url: `http://127.0.0.1:${PORT}/readyz`,
    env: { PORT: String(PORT) },
    timeout: 300_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    stdout: 'pipe',
  },
})
