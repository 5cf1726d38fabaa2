import { ANNOTATION_LIFECYCLE_STATE_MESSAGE } from '../../lib/cocoon/keys.ts'
import { deletePod, readPod, scaleSet } from './support/cluster.ts'
import {
  factOf,
  fleetOf,
  groupOf,
  namesOf,
  openFleet,
  panelOf,
  rowOf,
  searchOf,
  TALL,
  tileOf,
} from './support/fleet.ts'
import { expect, test } from './support/test.ts'

test.use({ viewport: TALL })

test('groups tell the phase of their set, what is ready, and one mark per VM', async ({ page }) => {
  await openFleet(page)
  const ledger = groupOf(page, 'ledger-close')
  await expect(ledger).toContainText('finance')
  await expect(ledger).toContainText('Running')
  await expect(ledger).toContainText('5/5 ready')
  await expect(ledger.getByRole('img', { name: '5 ready' })).toBeVisible()
  const matrix = groupOf(page, 'browser-matrix')
  await expect(matrix).toContainText('6/7 ready')
  await expect(matrix.getByRole('img', { name: '6 ready, 1 failed' })).toBeVisible()
  const intake = groupOf(page, 'invoice-intake')
  await expect(intake).toContainText('Suspended')
  await expect(intake).toContainText('0/4 ready')
  await expect(intake.getByRole('img', { name: '4 hibernated' })).toBeVisible()
  await expect(groupOf(page, 'installer-lab')).toContainText('Failed')
})

test('a row tells who a VM is, how it is, and where', async ({ page }) => {
  await openFleet(page)
  const fork = rowOf(page, 'ledger-close-2')
  await expect(fork.getByRole('rowheader')).toContainText('fork of 0')
  await expect(fork).toContainText('Ready')
  await expect(fork).toContainText('cocoon-b-01')
  await expect(fork).toContainText('rdp 10.65.0.18')
  await expect(fork).toContainText('win11-office:2026.3')
  const main = rowOf(page, 'installer-lab-0')
  await expect(main.getByRole('rowheader')).toContainText('main')
  await expect(main).toContainText('Failed')
  const { metadata } = await readPod('qa/installer-lab-0')
  await expect(main).toContainText(metadata?.annotations?.[ANNOTATION_LIFECYCLE_STATE_MESSAGE] ?? '?')
  await expect(rowOf(page, 'gpu-render-0')).toContainText('Scheduling')
  const toolbox = rowOf(page, 'ledger-close-excel')
  await expect(toolbox.getByRole('rowheader')).toContainText('toolbox')
  await expect(toolbox).toContainText('vnc 10.90.0.23:5900')
  await expect(toolbox.getByRole('img', { name: /^Static/ })).toBeVisible()
})

test('bare VMs stand in a group of their own, and pods that are no VMs nowhere', async ({ page }) => {
  await openFleet(page)
  await expect(page.getByText('60 VMs in 12 sets')).toBeVisible()
  const names = await namesOf(page)
  expect(names[names.indexOf('sandbox-irene') - 1]).toBe('Without a set')
  expect(names[names.indexOf('notebook-omar') - 1]).toBe('Without a set')
  expect(names.filter((name) => /ingress-nginx|metrics-cache|invoice-web/.test(name))).toEqual([])
  await searchOf(page).fill('ingress-nginx')
  await expect(page.getByRole('heading', { name: 'No VM matches' })).toBeVisible()
})

test('groups fold by mouse and by keyboard, and stay folded after a reload', async ({ page }) => {
  await openFleet(page)
  const group = groupOf(page, 'ledger-close')
  await expect(group).toHaveAttribute('aria-expanded', 'true')
  await group.click()
  await expect(group).toHaveAttribute('aria-expanded', 'false')
  await expect(rowOf(page, 'ledger-close-0')).toHaveCount(0)
  await page.reload()
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
  await page.reload()
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
  await page.reload()
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
    await page.getByRole('group', { name: 'Group by' }).getByText(choice).click()
    await expect(groupOf(page, first)).toBeVisible()
    await expect(groupOf(page, 'ledger-close')).toHaveCount(0)
    await page.reload()
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
  await page.reload()
  await expect(page.getByRole('columnheader', { name: 'Memory' })).toBeVisible()
  await expect(page.getByRole('columnheader', { name: 'Image' })).toHaveCount(0)
  await expect(rowOf(page, 'ledger-close-0')).toContainText('8 GiB')
})

test('the panel of a VM tells its facts, conditions and events, copies, and closes', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openFleet(page)
  const row = rowOf(page, 'browser-matrix-3')
  await row.click()
  await expect(panelOf(page)).toBeVisible()
  await expect(page).toHaveURL(/vm=qa\/browser-matrix-3/)
  await expect(panelOf(page)).toContainText('clone snapshot: restore memory: file truncated')
  await expect(panelOf(page)).toContainText('The operator has given up rebuilding it')
  await expect(panelOf(page)).toContainText('ProviderCreateFailed')
  await expect(factOf(page, 'Node')).toHaveText('cocoon-a-01')
  const { metadata } = await readPod('qa/browser-matrix-3')
  await expect(factOf(page, 'Pod uid')).toHaveText(metadata?.uid ?? '')

  await panelOf(page).getByRole('button', { name: 'Copy Pod uid' }).click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(metadata?.uid)

  await factOf(page, 'Forked from').getByRole('button').click()
  await expect(page).toHaveURL(/vm=qa\/browser-matrix-0/)
  await expect(panelOf(page)).toContainText('Conditions of the pod')
  await expect(panelOf(page)).toContainText('PodScheduled')
  await page.goBack()
  await expect(page).toHaveURL(/vm=qa\/browser-matrix-3/)
  await page.reload()
  await expect(factOf(page, 'Pod uid')).toHaveText(metadata?.uid ?? '')
  await panelOf(page).getByRole('button', { name: 'Close' }).click()
  await expect(panelOf(page)).toHaveCount(0)
})

test('Enter opens the panel of the row in focus, and Escape brings the focus back to it', async ({
  page,
}) => {
  await openFleet(page)
  await groupOf(page, 'mac-signing').click()
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowDown')
  await expect(rowOf(page, 'mac-signing-0')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(panelOf(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(panelOf(page)).toHaveCount(0)
  await expect(rowOf(page, 'mac-signing-0')).toBeFocused()
  await expect(page).toHaveURL('/')
})

test('a panel never shows facts of a VM that is gone under the name of its successor', async ({
  page,
  complaints,
}) => {
  // Between the two there is no such pod, and the panel may ask for it.
  complaints.expect(/404 .*\/api\/vms\/qa\/android-smoke-2/)
  await openFleet(page)
  await rowOf(page, 'android-smoke-2').click()
  const before = (await readPod('qa/android-smoke-2')).metadata?.uid ?? ''
  await expect(factOf(page, 'Pod uid')).toHaveText(before)

  await deletePod('qa/android-smoke-2')
  await expect(panelOf(page)).not.toContainText(before)
  await expect(rowOf(page, 'android-smoke-2')).toContainText('Ready')
  const after = (await readPod('qa/android-smoke-2')).metadata?.uid ?? ''
  expect(after).not.toBe(before)
  await expect(factOf(page, 'Pod uid')).toHaveText(after)
  await expect(panelOf(page)).toContainText('Conditions of the pod')
})

test('a panel says that its VM is gone', async ({ page, complaints }) => {
  complaints.expect(/404 .*\/api\/vms\/support\/helpdesk-kb-3/)
  await openFleet(page)
  await rowOf(page, 'helpdesk-kb-3').click()
  await expect(factOf(page, 'Pod')).toHaveText('support/helpdesk-kb-3')
  await scaleSet('support/helpdesk-kb', 2)
  await expect(panelOf(page)).toContainText('There is no VM of this name in the fleet')
  await expect(panelOf(page)).not.toContainText('Pod uid')
  await scaleSet('support/helpdesk-kb', 3)
  await expect(rowOf(page, 'helpdesk-kb-3')).toBeVisible()
})
