import { gzipSync } from 'node:zlib'
import { chromium } from '@playwright/test'
import { CHROMIUM_FLAGS, ensureChromium } from '../scripts/chromium.ts'
import { startDashboard } from '../scripts/dashboard.ts'
import type { Row } from './row.ts'

/** Kilobytes (1,000) of JavaScript, by gzip. */
const TARGET = 200

const kilo = (script: Buffer) => gzipSync(script).length / 1000

/** What a browser that has nothing yet loads to show the fleet: by the page itself, and what follows untouched. */
export async function firstLoadRows(say: (line: string) => void): Promise<Row[]> {
  const dashboard = await startDashboard({ DEMO_VMS: '60', DEMO_WEATHER: 'off' })
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: CHROMIUM_FLAGS,
  })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    const scripts = new Map<string, Promise<Buffer>>()
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.set(response.url(), response.body())
    })
    const html = await (await page.goto(dashboard.url))?.text()
    await page.getByRole('row').nth(3).waitFor()
    // Long enough for what the rows load by themselves.
    await page.waitForTimeout(3_000)
    let [named, all] = [0, 0]
    for (const [url, body] of scripts) {
      const size = kilo(await body)
      const first = html?.includes(new URL(url).pathname) === true
      all += size
      if (first) named += size
      say(`${size.toFixed(1).padStart(6)} kB ${first ? 'first' : 'later'} ${url.split('/').at(-1)}`)
    }
    return [
      {
        name: 'fleet page, first load of scripts, gzip',
        unit: 'kB',
        ours: named,
        peer: null,
        target: TARGET,
      },
      { name: 'the same with what follows untouched', unit: 'kB', ours: all, peer: null, target: TARGET },
    ]
  } finally {
    await browser.close()
    await dashboard.stop()
  }
}
