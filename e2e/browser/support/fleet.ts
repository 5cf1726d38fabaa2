import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'

/** Tall enough for every row of the small fleet, so that nothing needs to be scrolled into being. */
export const TALL = { width: 1440, height: 3400 }

export const fleetOf = (page: Page): Locator => page.getByRole('treegrid', { name: 'Fleet' })

/** Opens the fleet (`path` with the view in its query) and waits for its first rows. */
export async function openFleet(page: Page, path = '/'): Promise<void> {
  await page.goto(path)
  await expect(fleetOf(page).getByRole('rowheader').first()).toBeVisible()
}

/** Reloads once the URL holds the view: it is written a moment after the page shows it, not with every key. */
export async function reloadAt(page: Page, url: RegExp): Promise<void> {
  await expect(page).toHaveURL(url)
  await page.reload()
}

const headed = (page: Page, name: string) =>
  page.getByRole('rowheader').filter({ has: page.getByText(name, { exact: true }) })

/** The row of a VM, by its pod's name. */
export const rowOf = (page: Page, name: string): Locator =>
  fleetOf(page)
    .getByRole('row')
    .filter({ has: headed(page, name) })

/** The head of a group, by its label. */
export const groupOf = (page: Page, label: string): Locator =>
  fleetOf(page)
    .getByRole('row', { level: 1 })
    .filter({ has: headed(page, label) })

/** The names of the rows in the page, from top to bottom: groups and VMs. */
export const namesOf = (page: Page): Promise<string[]> =>
  fleetOf(page)
    .getByRole('rowheader')
    .evaluateAll((heads) => heads.map((head) => head.querySelector('bdi')?.textContent ?? ''))

/** A tile above the list, by the word of its phase. */
export const tileOf = (page: Page, word: string): Locator =>
  page.getByRole('list', { name: 'VMs by phase' }).getByRole('button', { name: new RegExp(`^${word}\\b`) })

export const searchOf = (page: Page): Locator => page.getByRole('combobox', { name: 'Search VMs' })

/** The panel of the VM that is open. */
export const panelOf = (page: Page): Locator => page.getByRole('dialog')

/** A fact of the open panel, by its name: the value beside it. */
export const factOf = (page: Page, name: string): Locator =>
  panelOf(page)
    .getByRole('term')
    .filter({ hasText: new RegExp(`^${name}$`) })
    .locator('xpath=following-sibling::dd')

/** What the page says of its connection: the word of the card in the sidebar. */
export const connectionOf = (page: Page): Locator =>
  page.getByRole('region', { name: 'Connection' }).getByRole('status')
