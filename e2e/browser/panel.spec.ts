import { deletePod, readPod, scaleSet } from './support/cluster.ts'
import { factOf, groupOf, openFleet, panelOf, rowOf, TALL } from './support/fleet.ts'
import { expect, test } from './support/test.ts'

test.use({ viewport: TALL })

// Also after a failure: the next test finds the fleet as it was.
test.afterEach(async () => {
  await scaleSet('support/helpdesk-kb', 3)
})

test(
  'the panel of a VM tells its facts, conditions and events, copies, and closes',
  { tag: '@cluster' },
  async ({ page, context }) => {
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
  },
)

test('beside an open panel a name stays whole, and what stands beside it gives way', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 1_200 })
  await openFleet(page, '/?q=set:android-smoke&vm=qa/android-smoke-3')
  await expect(panelOf(page)).toBeVisible()
  const name = rowOf(page, 'android-smoke-3').getByText('android-smoke-3', { exact: true })
  // The least fraction of a pixel less, and the end of a name, which tells it from others, gives way to dots.
  const missing = await name.evaluate((element) => {
    const whole = document.createRange()
    whole.selectNodeContents(element)
    return whole.getBoundingClientRect().width - element.getBoundingClientRect().width
  })
  expect(missing).toBeLessThanOrEqual(0)
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

  // A screen reader puts the focus where it likes: the keys act on that row.
  await rowOf(page, 'browser-matrix-1').focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/vm=qa\/browser-matrix-1/)
  await page.keyboard.press('Escape')
})

test(
  'a panel never shows facts of a VM that is gone under the name of its successor',
  { tag: '@cluster' },
  async ({ page, complaints }) => {
    // Between the two there is no such pod, or another one than the fleet tells of, and the panel may ask for it.
    complaints.expect(/40[49] .*\/api\/vms\/qa\/android-smoke-2/)
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
    await expect(panelOf(page)).toContainText('Another VM has taken this name')
    await expect(panelOf(page)).toContainText('Conditions of the pod')
  },
)

test('a panel says that its VM is gone', async ({ page, complaints }) => {
  complaints.expect(/404 .*\/api\/vms\/support\/helpdesk-kb-3/)
  await openFleet(page)
  await rowOf(page, 'helpdesk-kb-3').click()
  await expect(factOf(page, 'Pod')).toHaveText('support/helpdesk-kb-3')
  await scaleSet('support/helpdesk-kb', 2)
  await expect(panelOf(page)).toContainText('There is no VM of this name that you may see')
  await expect(panelOf(page)).not.toContainText('Pod uid')
  await scaleSet('support/helpdesk-kb', 3)
  await expect(rowOf(page, 'helpdesk-kb-3')).toBeVisible()
})
