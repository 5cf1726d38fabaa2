import type { Page } from '@playwright/test'
import { addressOf } from './support/cluster.ts'
import { fleetOf, openFleet, panelOf, rowOf, tileOf } from './support/fleet.ts'
import { expect, test } from './support/test.ts'

const FINGER = 24

/** What can be touched and is smaller than a finger needs: its name and its size. */
function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate((finger) => {
    const targets = document.querySelectorAll<HTMLElement>(
      'button, a[href], input, summary, [role=option], [role=menuitemradio], [data-row]',
    )
    return [...targets]
      .filter((target) => target.checkVisibility({ visibilityProperty: true }) && !target.matches('.sr-only'))
      .map((target) => {
        const labelled = target instanceof HTMLInputElement ? (target.labels?.[0] ?? target) : target
        const { width, height } = labelled.getBoundingClientRect()
        const name = target.getAttribute('aria-label') ?? target.textContent ?? ''
        return { width, height, name }
      })
      .filter(({ width, height }) => width < finger || height < finger)
      .map(({ width, height, name }) => `${name}: ${Math.round(width)} × ${Math.round(height)}`)
  }, FINGER)
}

test('a phone has a bar at the bottom that leads to views, namespaces and the connection', async ({
  page,
}) => {
  await openFleet(page)
  await expect(page.getByRole('complementary', { name: 'Sidebar' })).toBeHidden()
  const fleet = page.getByRole('link', { name: 'Fleet', exact: true })
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
  const box = await fleet.boundingBox()
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(height)
  expect(box?.y).toBeGreaterThan(height - 100)
  expect(box?.width).toBeLessThan(width)

  await page.getByRole('button', { name: 'Cluster' }).tap()
  const connection = page.getByRole('dialog', { name: 'Cluster' }).getByRole('region', { name: 'Connection' })
  await expect(connection).toContainText('Live')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Views' }).tap()
  await page
    .getByRole('dialog', { name: 'Views' })
    .getByRole('link', { name: /^Asleep/ })
    .tap()
  await expect(page).toHaveURL(/q=phase:hibernated,hibernating/)
  await expect(rowOf(page, 'inbox-triage-1')).toContainText('Hibernated')
  await fleet.tap()
  await expect(page).toHaveURL('/')
})

test('a VM is two lines in one cell', async ({ page }) => {
  await openFleet(page, '/?q=set:ledger-close')
  const row = rowOf(page, 'ledger-close-1')
  const address = await addressOf('finance/ledger-close-1')
  await expect(row.getByRole('rowheader')).toContainText(`fork of 0 · cocoon-b-01 · rdp ${address}`)
  await expect(row.getByRole('gridcell')).toHaveCount(0)
  await expect(page.getByRole('columnheader')).toHaveCount(0)
  const name = await row.getByText('ledger-close-1').boundingBox()
  const facts = await row.getByText('fork of 0').boundingBox()
  expect(facts?.y).toBeGreaterThanOrEqual((name?.y ?? 0) + (name?.height ?? 0))
})

test('the tiles scroll inside themselves, and the page does not', async ({ page }) => {
  await openFleet(page)
  const last = tileOf(page, 'Scheduling')
  await expect(last).not.toBeInViewport()
  await last.scrollIntoViewIfNeeded()
  await expect(last).toBeInViewport()
  await last.tap()
  await expect(fleetOf(page)).toContainText('gpu-render-0')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(page.viewportSize()?.width)
})

test('the panel is a sheet over everything, and closing it leads back', async ({ page }) => {
  await openFleet(page, '/?q=set:ledger-close')
  await rowOf(page, 'ledger-close-1').tap()
  const close = panelOf(page).getByRole('button', { name: 'Close', exact: true })
  await expect(close).toBeInViewport()
  await expect.poll(async () => (await panelOf(page).boundingBox())?.width).toBe(page.viewportSize()?.width)
  await expect(panelOf(page)).toContainText('Conditions of the pod')
  await close.tap()
  await expect(panelOf(page)).toHaveCount(0)
  await expect(rowOf(page, 'ledger-close-1')).toBeFocused()
})

test('a finger that stays on a row begins to choose, and the next ones choose on', async ({ page }) => {
  await openFleet(page, '/?q=set:ledger-close')
  const chosen = page.getByRole('region', { name: 'Selected' })
  const { x = 0, y = 0, width = 0, height = 0 } = (await rowOf(page, 'ledger-close-1').boundingBox()) ?? {}
  const at = { x: x + width / 2, y: y + height / 2 }
  const finger = await page.context().newCDPSession(page)
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] })
  await expect(chosen).toContainText('1 selected')
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await rowOf(page, 'ledger-close-2').tap()
  await expect(chosen).toContainText('2 selected')
  await expect(panelOf(page)).toHaveCount(0)

  // One that moves scrolls.
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] })
  for (const by of [20, 40, 60]) {
    const touchPoints = [{ x: at.x, y: at.y - by }]
    await finger.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints })
  }
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await expect(chosen).toContainText('2 selected')
})

test('everything that can be touched is big enough for a finger', async ({ page }) => {
  await openFleet(page, '/?q=phase:failed,unreachable')
  await expect(rowOf(page, 'browser-matrix-3')).toBeVisible()
  expect(await tooSmall(page)).toEqual([])
  for (const name of ['Views', 'Cluster', 'Group: CocoonSet']) {
    await page.getByRole('button', { name }).tap()
    await expect(page.getByRole('button', { name })).toHaveAttribute('aria-expanded', 'true')
    expect(await tooSmall(page)).toEqual([])
    await page.keyboard.press('Escape')
  }
  await rowOf(page, 'browser-matrix-3').tap()
  await expect(panelOf(page)).toContainText('Annotations')
  expect(await tooSmall(page)).toEqual([])
})

test('a finger reaches every action of a VM, and its question stays inside the screen', async ({
  page,
  complaints,
}) => {
  // The menu asks the cluster whether it admits a pod of no set, which this one does not.
  complaints.expect(/403 .*\/fork\?dryRun=true/)
  await openFleet(page, '/?q=set:helpdesk-kb')
  await page.getByRole('button', { name: 'Actions on helpdesk-kb-0' }).tap()
  const fork = page.getByRole('button', { name: 'Fork +1…' })
  await expect(fork).toBeVisible()
  expect(await tooSmall(page)).toEqual([])
  await fork.tap()
  const question = page.getByRole('dialog', { name: 'Fork helpdesk-kb-0?' })
  await expect(question.getByRole('region', { name: /^Room on / })).toBeVisible()
  await expect(question).toContainText('Tried on the cluster')
  expect(await tooSmall(page)).toEqual([])
  const { width = 0 } = page.viewportSize() ?? {}
  expect(await question.evaluate((element) => element.scrollWidth)).toBeLessThanOrEqual(width)
  await question.getByRole('button', { name: 'Cancel' }).tap()
  await expect(question).toHaveCount(0)
})
