import { toolOf } from './support/consoles.ts'
import { playHostileServer } from './support/hostile-vnc.ts'
import { expect, test } from './support/test.ts'
import { counted, figure, SEED } from '../promises/figure.ts'

const STREAMS = counted(20_000)

test('D11: a hostile VNC server runs no script, writes no clipboard, and the tab survives', async ({
  page,
  complaints,
}) => {
  test.setTimeout(2_400_000)
  complaints.expect(/./)
  const uncaught: string[] = []
  const signs: string[] = []
  page.on('pageerror', (error) => uncaught.push(String(error)))
  page.on('dialog', (dialog) => void signs.push(dialog.type()))
  page.on('crash', () => void signs.push('crash'))
  page.on('popup', () => void signs.push('popup'))
  const startedAt = performance.now()
  await page.addInitScript(playHostileServer, { seed: SEED, wanted: STREAMS })
  await page.goto('/vms/qa/android-smoke-screen/console')
  await page.waitForFunction(() => window.hostile?.done === true, undefined, { timeout: 0, polling: 500 })
  const outcome = await page.evaluate(() => window.hostile?.outcome)
  figure(
    'D11',
    startedAt,
    `${outcome?.streams ?? 0} RFB streams of ${((outcome?.bytes ?? 0) / 1e6).toFixed(1)} MB into noVNC`,
    `${outcome?.pictures ?? 0} with a picture`,
    `${outcome?.scriptsRun ?? -1} scripts run`,
    `${outcome?.clipboardWrites ?? -1} clipboard writes`,
    `${uncaught.length} uncaught errors`,
  )
  expect(outcome?.streams).toBeGreaterThanOrEqual(STREAMS)
  expect(outcome).toMatchObject({ scriptsRun: 0, clipboardWrites: 0, windowsOpened: 0 })
  expect(outcome?.pictures).toBeGreaterThan(STREAMS / 2)
  expect(signs).toEqual([])
  expect([...new Set(uncaught)]).toEqual([])
  // It still takes clicks, and says what it is.
  await toolOf(page, /^Picture/).click()
  await expect(page.getByRole('radio', { name: 'Fit into the page' })).toBeChecked()
})
