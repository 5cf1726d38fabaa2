import { counted, figure, SEED } from '../promises/figure.ts'
import { playHostileShell } from './support/hostile-shell.ts'
import { expect, test } from './support/test.ts'

const SEQUENCES = counted(20_000)

test('D11: a hostile shell runs no script, types nothing, writes no clipboard, and the tab survives', async ({
  page,
}) => {
  test.setTimeout(1_200_000)
  const signs: string[] = []
  page.on('pageerror', (error) => signs.push(String(error)))
  page.on('dialog', (dialog) => void signs.push(dialog.type()))
  page.on('crash', () => void signs.push('crash'))
  page.on('popup', () => void signs.push('popup'))
  const startedAt = performance.now()
  await page.addInitScript(playHostileShell, { seed: SEED, wanted: SEQUENCES, batch: 125 })
  await page.goto('/vms/platform/ci-runner-0/terminal')
  const title = await page.title()
  await page.waitForFunction(() => window.hostileShell?.done === true, undefined, {
    timeout: 0,
    polling: 250,
  })
  const outcome = await page.evaluate(() => window.hostileShell?.outcome)
  figure(
    'D11',
    startedAt,
    `${outcome?.sequences ?? 0} escape sequences of ${((outcome?.bytes ?? 0) / 1e6).toFixed(1)} MB into xterm.js`,
    `${outcome?.scriptsRun ?? -1} scripts run`,
    `${outcome?.clipboardWrites ?? -1} clipboard writes`,
    `${outcome?.answersInLines.length ?? -1} answers without a terminal`,
    `${outcome?.answers ?? -1} with one, ${outcome?.wrongAnswers.length ?? -1} of them that none needs`,
  )
  expect(outcome?.sequences).toBeGreaterThanOrEqual(SEQUENCES)
  expect(outcome).toMatchObject({ scriptsRun: 0, clipboardWrites: 0, windowsOpened: 0 })
  expect(outcome?.answersInLines).toEqual([])
  expect(outcome?.wrongAnswers).toEqual([])
  expect(signs).toEqual([])
  expect(await page.title()).toBe(title)
  // It still takes what a person types, and nothing that the guest left in its way.
  await page.getByRole('textbox', { name: 'Terminal input' }).focus()
  await page.keyboard.type('echo still here')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.evaluate(() => window.hostileShell?.typed)).toBe('echo still here\n')
})
