import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import type { Browser } from '@playwright/test'
import { CHROMIUM_FLAGS, ensureChromium } from './chromium.ts'
import { startDashboard } from './dashboard.ts'

/** `npm run screenshots -- --out docs/screenshots`: the fleet in both themes, on a desktop and on a phone. */
const { values } = parseArgs({
  options: { out: { type: 'string', default: 'docs/screenshots' }, vms: { type: 'string', default: '60' } },
})

const DEVICES = {
  fleet: { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1, isMobile: false },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true },
} as const

async function shoot(browser: Browser, url: string, device: keyof typeof DEVICES, theme: 'light' | 'dark') {
  const context = await browser.newContext({
    ...DEVICES[device],
    colorScheme: theme,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await page.goto(url)
  await page.getByRole('row').nth(3).waitFor()
  await page.evaluate(() => document.fonts.ready)
  // All seven screens of the first set: they are fetched after the rows are there.
  if (device === 'fleet') await page.locator('.row-screen img').nth(6).waitFor()
  const path = join(values.out, `${device}-${theme}.png`)
  await page.screenshot({ path })
  process.stdout.write(`${path}\n`)
  await context.close()
}

mkdirSync(values.out, { recursive: true })
const dashboard = await startDashboard({ DEMO_VMS: values.vms, DEMO_WEATHER: 'off' })
const browser = await chromium.launch({
  executablePath: await ensureChromium(),
  args: CHROMIUM_FLAGS,
})
try {
  for (const theme of ['light', 'dark'] as const) {
    await shoot(browser, dashboard.url, 'fleet', theme)
    await shoot(browser, dashboard.url, 'phone', theme)
  }
} finally {
  await browser.close()
  await dashboard.stop()
}
