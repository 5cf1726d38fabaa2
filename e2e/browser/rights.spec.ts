import { openFleet, panelOf, rowOf } from './support/fleet.ts'
import { expect, test } from './support/test.ts'

const MISSING = /^You may not (create|patch) cocoon(sets|hibernations) in research\.$/

test('a viewer sees what they may not do, and why; somebody who may, may', async ({ page }) => {
  await openFleet(page, '/?q=ns:research+phase:ready')
  const name =
    (await page.locator('[data-row]').filter({ hasText: 'main' }).first().innerText()).split(/\s/)[0] ?? ''
  await rowOf(page, name).click()
  const fork = panelOf(page).getByRole('button', { name: /^Fork/ })
  await expect(fork).toHaveAttribute('aria-disabled', 'false')

  const { origin } = new URL(page.url())
  const signedIn = await page.request.post('/api/session', {
    headers: { origin },
    data: { demoUser: 'viewer' },
  })
  expect(signedIn.status()).toBe(200)
  await page.reload()
  await expect(fork).toHaveAttribute('aria-disabled', 'true')
  // The right that is missing is told on hover, on focus and by a click.
  await expect(fork).toHaveAttribute('data-tip', MISSING)
  await fork.click()
  await expect(panelOf(page).getByText(MISSING)).toBeVisible()
  const terminal = panelOf(page).getByRole('button', { name: 'Terminal' })
  await expect(terminal).toHaveAttribute('data-tip', 'You may not create pods/exec in research.')
  await expect(panelOf(page).getByRole('link', { name: 'Log' })).toBeVisible()
})
