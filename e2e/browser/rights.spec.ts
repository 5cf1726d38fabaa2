import { test } from './support/dashboards.ts'
import { openFleet, panelOf, rowOf } from './support/fleet.ts'
import { expect } from './support/test.ts'

const MISSING = /^You may not (create|patch) cocoon(sets|hibernations) in research\.$/

test('a viewer sees what they may not do, and why; somebody who may, may', async ({ page, ownDashboard }) => {
  const { url } = await ownDashboard({ DEMO_WEATHER: 'off', AUTH_MODE: 'none' })
  await openFleet(page, `${url}/?q=ns:research+phase:ready`)
  const name =
    (await page.locator('[data-row]').filter({ hasText: 'main' }).first().innerText()).split(/\s/)[0] ?? ''
  await rowOf(page, name).click()
  const fork = panelOf(page).getByRole('button', { name: /^Fork/ })
  await expect(fork).toHaveAttribute('aria-disabled', 'false')

  const signedIn = await page.request.post(`${url}/api/session`, {
    headers: { origin: url },
    data: { demoUser: 'viewer' },
  })
  expect(signedIn.status()).toBe(200)
  await page.reload()
  await expect(fork).toHaveAttribute('aria-disabled', 'true')
  // The right that is missing is told on hover, on focus and by a click.
  await expect(fork).toHaveAttribute('data-tip', MISSING)
  await fork.focus()
  await page.keyboard.press('Enter')
  await expect(panelOf(page).getByRole('status').filter({ hasText: MISSING })).toBeVisible()
  const terminal = panelOf(page).getByRole('button', { name: 'Terminal' })
  await expect(terminal).toHaveAttribute('data-tip', 'You may not create pods/exec in research.')
  await expect(panelOf(page).getByRole('link', { name: 'Log' })).toBeVisible()
})

test('who may not open a screen is shown no picture of it, and the server is not even asked', async ({
  page,
  ownDashboard,
}) => {
  const { url } = await ownDashboard({ DEMO_WEATHER: 'off', AUTH_MODE: 'none' })
  await page.request.post(`${url}/api/session`, { headers: { origin: url }, data: { demoUser: 'viewer' } })
  const asked: string[] = []
  page.on('request', (request) => void asked.push(new URL(request.url()).pathname))
  await page.goto(`${url}/screens?q=ns:research`)
  const tile = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: /^Console of/ }) })
  await expect(tile.first()).toContainText('You may not create pods/exec in research.')
  await expect(tile.getByRole('img')).toHaveCount(0)
  expect(asked).toContain('/api/rights')
  expect(asked.filter((path) => path.endsWith('/screen'))).toEqual([])
})
