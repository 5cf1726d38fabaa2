import type { Page } from '@playwright/test'
import { barriers } from './support/barriers.ts'
import { openFleet, panelOf, rowOf, searchOf } from './support/fleet.ts'
import { expect, test } from './support/test.ts'

const isPhone = (page: Page) => (page.viewportSize()?.width ?? 0) < 720

for (const theme of ['light', 'dark'] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ colorScheme: theme, contextOptions: { reducedMotion: 'reduce' } })

    test('the fleet, a search, its suggestions and an empty result are free of barriers', async ({
      page,
    }) => {
      await openFleet(page)
      expect(await barriers(page)).toEqual([])
      await searchOf(page).fill('nosuch:field phase:')
      await expect(page.getByRole('listbox', { name: 'Suggestions' })).toBeVisible()
      expect(await barriers(page)).toEqual([])
      await searchOf(page).fill('nobody-has-this-name')
      await expect(page.getByRole('heading', { name: 'No VM matches' })).toBeVisible()
      expect(await barriers(page)).toEqual([])
    })

    test('the panel of a VM in trouble is free of barriers', async ({ page }) => {
      // On a phone the panel covers the fleet, so there are no rows to wait for.
      await page.goto('/?q=phase:failed&vm=qa/browser-matrix-3')
      await expect(panelOf(page)).toContainText('ProviderCreateFailed')
      await panelOf(page)
        .getByText(/^Annotations/)
        .click()
      expect(await barriers(page)).toEqual([])
    })

    test('menus and popovers are free of barriers', async ({ page }) => {
      await openFleet(page, '/?q=set:ledger-close')
      const openers = isPhone(page)
        ? ['Views', 'Cluster', 'Group: CocoonSet']
        : ['Columns', 'Group: CocoonSet']
      for (const name of openers) {
        const opener = page.getByRole('button', { name: new RegExp(`${name}$`) })
        await opener.click()
        await expect(opener).toHaveAttribute('aria-expanded', 'true')
        expect(await barriers(page)).toEqual([])
        await page.keyboard.press('Escape')
        await expect(opener).toHaveAttribute('aria-expanded', 'false')
      }
    })
  })
}

test('nothing moves for somebody who asks for less motion', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await openFleet(page)
  await rowOf(page, 'android-smoke-0').click()
  await expect(panelOf(page)).toBeVisible()
  const longest = await page.evaluate(() => {
    const seconds = (text: string) => Math.max(...text.split(',').map((part) => Number.parseFloat(part)))
    const durations = [...document.querySelectorAll('*')].flatMap((element) => {
      const style = getComputedStyle(element)
      return [seconds(style.animationDuration), seconds(style.transitionDuration)]
    })
    return Math.max(...durations)
  })
  expect(longest).toBeLessThan(0.01)
})

test('at 320 pixels nothing scrolls sideways', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  await openFleet(page)
  const width = () => page.evaluate(() => document.documentElement.scrollWidth)
  expect(await width()).toBe(320)
  await searchOf(page).fill('phase:failed,unreachable image:ubuntu ')
  expect(await width()).toBe(320)
  await page.goto('/?vm=qa/browser-matrix-3')
  await expect(panelOf(page)).toContainText('ProviderCreateFailed')
  expect(await width()).toBe(320)
  const inside = await panelOf(page).evaluate((panel) => panel.scrollWidth - panel.clientWidth)
  expect(inside).toBe(0)
})
