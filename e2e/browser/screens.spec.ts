import type { Locator, Page } from '@playwright/test'
import { barriers } from './support/barriers.ts'
import { dropWish, wishFor } from './support/cluster.ts'
import { openFleet, rowOf, TALL } from './support/fleet.ts'
import { expect, test } from './support/test.ts'

test.use({ viewport: TALL })

const SLEEPER = 'android-smoke-3'

const wallOf = (page: Page, set: string): Locator => page.getByRole('region', { name: set, exact: true })

/** The tile of one VM: its picture, its note and its foot. */
const tileOf = (page: Page, name: string): Locator =>
  page
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name: `Console of ${name}`, exact: true }) })

/** How wide its picture is; 0 while there is none. */
const pictureWidth = (place: Locator): Promise<number> =>
  place.evaluate((element) => element.querySelector('img')?.naturalWidth ?? 0)

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme })

    test('the wall shows all screens of a set, how old they are, and why there is none', async ({ page }) => {
      await page.goto('/screens')
      await expect(wallOf(page, 'android-smoke').getByRole('link')).toHaveCount(7)
      const desk = tileOf(page, 'paper-reader-browser')
      await expect.poll(() => pictureWidth(desk)).toBe(640)
      await expect(desk).toContainText(/ago/)
      await expect(tileOf(page, 'ledger-close-excel')).toContainText('Needs a password')
      expect(await barriers(page)).toEqual([])
    })
  })
}

test('a set has a wall of its own, and a search leaves its screens', async ({ page }) => {
  await openFleet(page)
  await page.getByRole('button', { name: 'Actions on set android-smoke' }).click()
  await page.getByRole('link', { name: 'Screens', exact: true }).last().click()
  await expect(page).toHaveURL(/\/screens\?q=/)
  await expect(wallOf(page, 'android-smoke')).toBeVisible()
  await expect(wallOf(page, 'paper-reader')).toHaveCount(0)
  await page.goto('/screens?q=ns:support')
  await expect(page.getByRole('heading', { name: 'No screen matches' })).toBeVisible()
  await page.getByRole('button', { name: 'Clear the search' }).click()
  await expect(wallOf(page, 'paper-reader')).toBeVisible()
})

test('a still comes alive under the pointer, and a click opens the console', async ({ page }) => {
  await page.goto('/screens?q=set:paper-reader')
  const desk = tileOf(page, 'paper-reader-browser')
  await expect.poll(() => pictureWidth(desk)).toBe(640)
  await desk.getByRole('link').hover()
  await expect(desk).toContainText('live')
  await page.getByRole('heading', { name: 'Screens' }).hover()
  await expect(desk).toContainText(/ago/)
  await desk.getByRole('link').focus()
  await expect(desk).toContainText('live')
  await desk.getByRole('link').click()
  await expect(page).toHaveURL(/\/vms\/research\/paper-reader-browser\/console$/)
})

test('a VM that sleeps keeps its last picture, greyed and dated, and nobody wakes it by looking', async ({
  page,
}) => {
  try {
    await page.goto(`/screens?q=name:${SLEEPER}`)
    const tile = tileOf(page, SLEEPER)
    await expect.poll(() => pictureWidth(tile)).toBeGreaterThan(0)
    await wishFor(`qa/${SLEEPER}`, 'Hibernate')
    await expect(tile).toContainText('Hibernated')
    await expect(tile).toContainText(/not running.*last picture .* ago/)
    expect(await pictureWidth(tile)).toBeGreaterThan(0)
    await expect(page.getByText('1 asleep')).toBeVisible()
    await tile.getByRole('link').hover()
    await expect(tile).toContainText('Hibernated')
  } finally {
    await wishFor(`qa/${SLEEPER}`, 'Wake')
    await expect(tileOf(page, SLEEPER)).toContainText('Ready')
    await dropWish(`qa/${SLEEPER}`)
  }
})

test('rows of the list show their screens as small as they are', async ({ page }) => {
  await openFleet(page, '/?q=set:paper-reader')
  const row = rowOf(page, 'paper-reader-browser')
  await expect.poll(() => pictureWidth(row)).toBe(160)
  expect(await pictureWidth(rowOf(page, 'paper-reader-0'))).toBe(0)
})
