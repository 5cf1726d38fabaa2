import type { Locator, Page } from '@playwright/test'
import { fleetOf, openFleet, panelOf, rowOf, searchOf, tileOf } from './support/fleet.ts'
import { expect, test } from './support/test.ts'

/** Presses Tab until the target has the focus. @throws Error that names where Tab went instead. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  const focused = page.locator(':focus')
  const reached: string[] = []
  while (reached.length < 60) {
    await page.keyboard.press('Tab')
    if (await target.evaluate((element) => element === document.activeElement)) return
    reached.push((await focused.getAttribute('aria-label')) ?? (await focused.textContent()) ?? '')
  }
  throw new Error(`Tab never came to it; it came to: ${reached.join(', ')}`)
}

test('the whole way goes by keyboard alone', async ({ page }) => {
  await openFleet(page)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the fleet' })).toBeFocused()
  await page.keyboard.press('Enter')
  await tabTo(page, searchOf(page))
  await page.keyboard.type('set:led')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/q=set:/)

  await searchOf(page).focus()
  await tabTo(page, page.getByRole('button', { name: 'Group: CocoonSet' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('radio', { name: 'CocoonSet' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Group: Namespace' })).toBeFocused()
  await tabTo(page, page.getByRole('button', { name: 'Columns' }))
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Columns' })).toBeFocused()
  await tabTo(page, tileOf(page, 'Ready'))
  await page.keyboard.press('Space')
  await expect(tileOf(page, 'Ready')).toHaveAttribute('aria-pressed', 'true')
  await tabTo(page, fleetOf(page).getByRole('row', { level: 1 }).first())
  await page.keyboard.press('ArrowDown')
  await expect(rowOf(page, 'ledger-close-0')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(panelOf(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(rowOf(page, 'ledger-close-0')).toBeFocused()
})
