import {
  fleetOf,
  groupOf,
  namesOf,
  openFleet,
  reloadAt,
  rowOf,
  searchOf,
  TALL,
  tileOf,
} from './support/fleet.ts'
import { expect, test } from './support/test.ts'

test.use({ viewport: TALL })

test('groups fold by mouse and by keyboard, and stay folded after a reload', async ({ page }) => {
  await openFleet(page)
  const group = groupOf(page, 'ledger-close')
  await expect(group).toHaveAttribute('aria-expanded', 'true')
  await group.click()
  await expect(group).toHaveAttribute('aria-expanded', 'false')
  await expect(rowOf(page, 'ledger-close-0')).toHaveCount(0)
  await reloadAt(page, /closed=[^&]*ledger-close/)
  await expect(group).toHaveAttribute('aria-expanded', 'false')

  await group.getByRole('rowheader').click()
  await expect(rowOf(page, 'ledger-close-0')).toBeVisible()
  await page.keyboard.press('ArrowLeft')
  await expect(group).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(rowOf(page, 'ledger-close-0')).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(group).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(rowOf(page, 'ledger-close-0')).toHaveCount(0)
  await page.keyboard.press('ArrowRight')
  await expect(rowOf(page, 'ledger-close-0')).toBeVisible()

  await page.getByRole('button', { name: 'Close all groups' }).click()
  await expect(rowOf(page, 'ci-runner-0')).toHaveCount(0)
  await page.getByRole('button', { name: 'Open all groups' }).click()
  await expect(rowOf(page, 'ci-runner-0')).toBeVisible()
})

test('a tile filters by its phase, and a second click stops that', async ({ page }) => {
  await openFleet(page)
  const failed = tileOf(page, 'Failed')
  await expect(failed).toHaveAccessibleName('Failed 2')
  await failed.click()
  await expect(failed).toHaveAttribute('aria-pressed', 'true')
  await expect(page).toHaveURL(/q=phase:failed$/)
  await expect(page.getByText('2 of 60 VMs')).toBeVisible()
  expect(await namesOf(page)).toEqual([
    'browser-matrix',
    'browser-matrix-3',
    'installer-lab',
    'installer-lab-0',
  ])
  await failed.click()
  await expect(failed).toHaveAttribute('aria-pressed', 'false')
  await expect(page.getByText('60 VMs in 12 sets')).toBeVisible()
})

test('the search asks by fields, leaves out, explains what it does not know, and survives a reload', async ({
  page,
}) => {
  await openFleet(page)
  await page.keyboard.press('/')
  await expect(searchOf(page)).toBeFocused()
  await page.keyboard.type('ns:qa -set:browser phase:ready ')
  await expect(page.getByText('7 of 60 VMs')).toBeVisible()
  await reloadAt(page, /q=ns:qa.*phase:ready/)
  await expect(page.getByText('7 of 60 VMs')).toBeVisible()
  await page.getByRole('button', { name: /^-set:browser\./ }).click()
  await expect(page.getByText('6 of 60 VMs')).toBeVisible()
  await page.getByRole('button', { name: 'Remove set:browser' }).click()
  await expect(page.getByText('13 of 60 VMs')).toBeVisible()

  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await searchOf(page).fill('pahse:failed ')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /no field “pahse”.*Did you mean “phase:”/ })).toBeVisible()
})

test('an empty result offers to clear the search', async ({ page }) => {
  await openFleet(page, '/?q=phase:ready')
  await searchOf(page).fill('nobody-has-this-name')
  await expect(page.getByRole('heading', { name: 'No VM matches' })).toBeVisible()
  await page.getByRole('button', { name: 'Clear the search' }).click()
  await expect(page.getByText('60 VMs in 12 sets')).toBeVisible()
  await expect(page).toHaveURL('/')
})

test('a head of a column sorts, twice the other way around, and the URL keeps it', async ({ page }) => {
  await openFleet(page, '/?group=none&q=set:ci-runner')
  const head = page.getByRole('columnheader', { name: 'Reach' })
  await head.getByRole('button').click()
  await expect(head).toHaveAttribute('aria-sort', 'ascending')
  const ascending = await namesOf(page)
  await head.getByRole('button').click()
  await expect(head).toHaveAttribute('aria-sort', 'descending')
  await reloadAt(page, /sort=-/)
  await expect(head).toHaveAttribute('aria-sort', 'descending')
  await expect.poll(() => namesOf(page)).toEqual(ascending.toReversed())
})

for (const [choice, first] of [
  ['Namespace', 'finance'],
  ['Node', 'cocoon-a-01'],
  ['Phase', 'Failed'],
] as const) {
  test(`the fleet can be grouped by ${choice.toLowerCase()}, and Back undoes it`, async ({ page }) => {
    await openFleet(page)
    await page.getByRole('button', { name: 'Group: CocoonSet' }).click()
    await page.getByRole('radio', { name: choice }).click()
    await expect(groupOf(page, first)).toBeVisible()
    await expect(groupOf(page, 'ledger-close')).toHaveCount(0)
    await reloadAt(page, new RegExp(`group=${choice.toLowerCase()}`))
    await expect(groupOf(page, first)).toBeVisible()
    await page.goBack()
    await expect(groupOf(page, 'ledger-close')).toBeVisible()
  })
}

test('without groups every VM is a row, and chosen columns survive a reload', async ({ page }) => {
  await openFleet(page, '/?group=none')
  await expect(fleetOf(page)).toHaveAttribute('aria-rowcount', '61')
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('checkbox', { name: 'Memory' }).check()
  await page.getByRole('checkbox', { name: 'Image' }).uncheck()
  await expect(page.getByRole('checkbox', { name: 'Name', exact: true })).toBeDisabled()
  await reloadAt(page, /cols=[^&]*memory/)
  await expect(page.getByRole('columnheader', { name: 'Memory' })).toBeVisible()
  await expect(page.getByRole('columnheader', { name: 'Image' })).toHaveCount(0)
  await expect(rowOf(page, 'ledger-close-0')).toContainText('8 GiB')
})
