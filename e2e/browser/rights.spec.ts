import type { Page } from '@playwright/test'
import { test } from './support/dashboards.ts'
import { openFleet, panelOf, rowOf } from './support/fleet.ts'
import { expect } from './support/test.ts'

const DEMO = { DEMO_WEATHER: 'off', AUTH_MODE: 'none' }

/** Looks as somebody of the demo from here on. */
async function lookAs(page: Page, url: string, demoUser: string): Promise<void> {
  const signedIn = await page.request.post(`${url}/api/session`, {
    headers: { origin: url },
    data: { demoUser },
  })
  expect(signedIn.status()).toBe(200)
}

/** What the page asks our API for, as `METHOD /path`. */
function askedBy(page: Page): string[] {
  const asked: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/api/')) asked.push(`${request.method()} ${pathname}`)
  })
  return asked
}

const reviewOf = (page: Page) => page.getByRole('button', { name: /^Review and/ })
const newSetOf = (page: Page) => page.getByRole('main').getByRole('link', { name: 'New set' })
const tipOf = (page: Page) => page.getByRole('tooltip')

const MISSING = /^You may not (create|patch) cocoon(sets|hibernations) in research\.$/

test('a viewer sees what they may not do, and why; somebody who may, may', async ({ page, ownDashboard }) => {
  const { url } = await ownDashboard(DEMO)
  await openFleet(page, `${url}/?q=ns:research+phase:ready`)
  const name =
    (await page.locator('[data-row]').filter({ hasText: 'main' }).first().innerText()).split(/\s/)[0] ?? ''
  await rowOf(page, name).click()
  const fork = panelOf(page).getByRole('button', { name: /^Fork/ })
  await expect(fork).toHaveAttribute('aria-disabled', 'false')

  await lookAs(page, url, 'viewer')
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
  const { url } = await ownDashboard(DEMO)
  await lookAs(page, url, 'viewer')
  const asked: string[] = []
  page.on('request', (request) => void asked.push(new URL(request.url()).pathname))
  await page.goto(`${url}/screens?q=ns:research`)
  const tile = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: /^Console of/ }) })
  await expect(tile.first()).toContainText('You may not create pods/exec in research.')
  await expect(tile.getByRole('img')).toHaveCount(0)
  expect(asked).toContain('/api/rights')
  expect(asked.filter((path) => path.endsWith('/screen'))).toEqual([])
})

test('a plan skips those of a namespace without the right, before anything is asked; a viewer makes nothing anywhere', async ({
  page,
  ownDashboard,
}) => {
  const { url } = await ownDashboard(DEMO)
  await lookAs(page, url, 'fleet-viewer')
  const asked = askedBy(page)
  let answer = () => {}
  const held = new Promise<void>((resolve) => (answer = resolve))
  await page.route('**/api/rights?namespace=finance', async (route) => {
    await held
    await route.continue()
  })
  await openFleet(page, `${url}/?q=ns:research,finance`)
  await page.getByRole('rowheader').first().getByRole('checkbox').click()
  await page.getByRole('button', { name: /^Select all/ }).click()
  const bar = page.getByRole('region', { name: 'Selected' })
  await bar.getByRole('button', { name: /^Restart/ }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('The cluster is asked what you may do: 1 of 2 namespaces')
  expect(asked).not.toContain('POST /api/bulk')
  answer()
  await expect(dialog.getByRole('heading', { name: 'Nothing to restart' })).toBeVisible()
  const skipped = dialog.getByRole('region', { name: /^Skipped: \d+ VMs$/ })
  await expect(skipped).toContainText('You may not delete pods in research.')
  await expect(skipped).toContainText('You may not delete pods in finance.')
  expect(asked).not.toContain('POST /api/bulk')
  await page.keyboard.press('Escape')
  await expect(bar.getByRole('button', { name: /^Restart 0 of \d+$/ })).toHaveAttribute(
    'data-tip',
    /^You may not delete pods in (finance|research)\.$/,
  )
  await page.keyboard.press('Escape')

  // The button that leads to what they may do nowhere says so on hover, on focus and by a click.
  const nowhere = /^You may not create cocoonsets in any namespace that you see \(/
  await newSetOf(page).hover()
  await expect(newSetOf(page)).toHaveAttribute('aria-disabled', 'true')
  await expect(tipOf(page)).toHaveText(nowhere)
  await newSetOf(page).click({ force: true })
  await expect(tipOf(page)).toHaveText(nowhere)
  await expect(page).toHaveURL(/\?q=/)
  await page.mouse.move(0, 0)
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Tab')
  await expect(newSetOf(page)).toBeFocused()
  await expect(tipOf(page)).toHaveText(nowhere)

  await page.goto(`${url}/sets/research/paper-reader/edit`)
  await expect(page.getByText('You may not update cocoonsets in research.')).toBeVisible()
  await expect(reviewOf(page)).toHaveAttribute('data-tip', 'You may not update cocoonsets in research.')
})

test('who has no right to look inside is told which one at once, and nothing is asked for', async ({
  page,
  ownDashboard,
}) => {
  const { url } = await ownDashboard(DEMO)
  await lookAs(page, url, 'viewer')
  const asked = askedBy(page)
  const lack = page.getByRole('main').getByText('You may not create pods/exec in research.')
  const vm = `${url}/vms/research/paper-reader-0`
  await page.goto(`${vm}/console`)
  await expect(page.getByRole('heading', { name: 'You may not open its screen' })).toBeVisible()
  await expect(lack).toBeVisible()
  await page.goto(`${vm}/terminal`)
  await expect(page.getByRole('heading', { name: 'You may not open a shell in it' })).toBeVisible()
  await expect(lack).toBeVisible()
  expect(asked).toContain('GET /api/rights')
  expect(asked.filter((each) => /\/(console|viewers)$/.test(each))).toEqual([])
  // What is read of a VM is theirs.
  await page.goto(`${vm}/logs`)
  await expect(page.getByRole('log')).toBeVisible()
})

test('an operator is told before the form where a set can be made, and begins there', async ({
  page,
  ownDashboard,
}) => {
  const { url } = await ownDashboard(DEMO)
  await lookAs(page, url, 'operator')
  await page.goto(`${url}/sets/new?namespace=research`)
  const lack = page.getByRole('status').filter({ hasText: 'You may not create cocoonsets in research.' })
  await expect(lack).toContainText('You may in')
  await expect(lack.getByRole('button')).toHaveText(['finance', 'qa'])
  await expect(reviewOf(page)).toHaveAttribute('aria-disabled', 'true')
  await lack.getByRole('button', { name: 'qa' }).click()
  await expect(page.getByLabel('Namespace (required)')).toHaveValue('qa')
  await expect(lack).toHaveCount(0)
  await expect(reviewOf(page)).toHaveAttribute('aria-disabled', 'false')

  await openFleet(page, url)
  await newSetOf(page).click()
  await expect(page.getByLabel('Namespace (required)')).toHaveValue('finance')
  await expect(reviewOf(page)).toHaveAttribute('aria-disabled', 'false')
})

test('a page that waits for a right goes on by itself once it is there', async ({ page }) => {
  let may = false
  await page.route('**/api/rights?namespace=platform', async (route) => {
    const answer = await route.fetch()
    const { namespace, may: rights } = (await answer.json()) as { namespace: string; may: object }
    const lacking = may ? {} : { 'create pods/exec': false }
    await route.fulfill({ json: { namespace, may: { ...rights, ...lacking } } })
  })
  const asked = askedBy(page)
  await page.goto('/vms/platform/ci-runner-0/terminal')
  await expect(page.getByRole('heading', { name: 'You may not open a shell in it' })).toBeVisible()
  expect(asked.filter((each) => each.endsWith('/console'))).toEqual([])
  may = true
  await expect(page.getByText('Lines, no terminal.')).toBeVisible({ timeout: 40_000 })
})
