import type { Locator, Page } from '@playwright/test'
import { barriers } from './support/barriers.ts'
import { dropWish, wishFor } from './support/cluster.ts'
import { fleetOf, groupOf, openFleet, rowOf, searchOf, TALL } from './support/fleet.ts'
import { expect, test } from './support/test.ts'

test.use({ viewport: TALL })

/** Fewer rows than all, so that looking at them all is quick. */
const HERE = '/?q=ns:qa'

const SLEEPERS = ['android-smoke-1', 'android-smoke-2', 'android-smoke-3']

const tickOf = (page: Page, name: string): Locator => rowOf(page, name).getByRole('checkbox')
const barOf = (page: Page): Locator => page.getByRole('region', { name: 'Selected' })
const buttonOf = (page: Page, label: string): Locator =>
  barOf(page).getByRole('button', { name: new RegExp(`^${label} \\d`) })
const planOf = (page: Page, title: string): Locator => page.getByRole('dialog', { name: title })
const runOf = (page: Page): Locator => page.getByRole('region', { name: /^(Hibernat|Wak)(e|ing) \d+ VMs?$/ })

/** The names of the rows that are chosen, from top to bottom. */
const chosen = (page: Page): Promise<string[]> =>
  fleetOf(page)
    .getByRole('row', { selected: true })
    .getByRole('rowheader')
    .evaluateAll((heads) => heads.map((head) => head.querySelector('bdi')?.textContent ?? ''))

/** Waits until the cluster has tried the plan, and does it. */
async function confirm(dialog: Locator, label: string): Promise<void> {
  const button = dialog.getByRole('button', { name: label })
  await expect(button).toHaveAttribute('aria-disabled', 'false')
  await button.click()
  await expect(dialog).toHaveCount(0)
}

async function leaveAwake(page: Page, names: readonly string[]): Promise<void> {
  for (const name of names) await wishFor(`qa/${name}`, 'Wake')
  for (const name of names) await expect(rowOf(page, name)).toContainText('Ready')
  for (const name of names) await dropWish(`qa/${name}`)
}

test('rows are chosen by click, by Shift and by head, and Escape lets go of them', async ({ page }) => {
  await openFleet(page, HERE)
  await tickOf(page, 'android-smoke-1').click()
  await expect(barOf(page)).toContainText('1 selected')
  await tickOf(page, 'android-smoke-4').click({ modifiers: ['Shift'] })
  await expect
    .poll(() => chosen(page))
    .toEqual(['android-smoke-1', 'android-smoke-2', 'android-smoke-3', 'android-smoke-4'])
  await tickOf(page, 'android-smoke-2').click({ modifiers: ['Shift'] })
  await expect.poll(() => chosen(page)).toEqual(['android-smoke-1', 'android-smoke-2'])
  const head = groupOf(page, 'android-smoke').getByRole('checkbox')
  await expect(head).toHaveAttribute('aria-checked', 'mixed')
  await head.click()
  await expect(head).toHaveAttribute('aria-checked', 'true')
  await expect(barOf(page)).toContainText('7 selected in 1 set')
  expect(await barriers(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(barOf(page)).toHaveCount(0)
  await expect(head).toHaveAttribute('aria-checked', 'false')
})

test('rows are chosen by keyboard alone', async ({ page }) => {
  await openFleet(page)
  await rowOf(page, 'android-smoke-1').focus()
  await page.keyboard.press('Space')
  await expect(barOf(page)).toContainText('1 selected')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await expect.poll(() => chosen(page)).toEqual(SLEEPERS)
  await page.keyboard.press('Shift+ArrowUp')
  await expect.poll(() => chosen(page)).toEqual(SLEEPERS.slice(0, 2))
  await page.keyboard.press('Control+a')
  await expect(barOf(page)).toContainText('60 selected')
  await page.keyboard.press('Escape')
  await expect(barOf(page)).toHaveCount(0)
  await expect.poll(() => chosen(page)).toEqual([])
})

test('all that match the search are chosen, in closed groups too, and stay so under another search', async ({
  page,
}) => {
  await openFleet(page, '/?q=ns:qa&closed=*')
  await expect(rowOf(page, 'android-smoke-1')).toHaveCount(0)
  await page.getByRole('checkbox', { name: 'Select all 15 VMs that match' }).click()
  await expect(barOf(page)).toContainText('15 selected in 3 sets')
  await searchOf(page).focus()
  await page.keyboard.press('Backspace')
  await searchOf(page).fill('set:ci-runner ')
  await expect(barOf(page)).toContainText('15 outside this search')
  await barOf(page).getByRole('button', { name: 'Select all 7 that match' }).click()
  await expect(barOf(page)).toContainText('22 selected in 4 sets')
})

test(
  'many are put to sleep by a plan that says who is skipped and why, and woken again',
  { tag: '@cluster' },
  async ({ page }) => {
    // Three VMs go to sleep and wake, with a plan looked at before each.
    test.slow()
    try {
      await openFleet(page, HERE)
      await tickOf(page, 'android-smoke-1').click()
      await tickOf(page, 'android-smoke-3').click({ modifiers: ['Shift'] })
      await tickOf(page, 'android-smoke-screen').click()
      await expect(buttonOf(page, 'Hibernate')).toHaveAccessibleName('Hibernate 3 of 4')
      await buttonOf(page, 'Hibernate').click()
      const sleep = planOf(page, 'Hibernate 3 VMs?')
      const skipped = sleep.getByRole('region', { name: 'Skipped: 1 VM' })
      await expect(skipped).toContainText('android-smoke-screen is a static VM')
      await expect(sleep).toContainText('The cluster tried 3 without effect and would do them')
      await sleep.getByText('The same in a shell').click()
      await expect(sleep).toContainText('kubectl create')
      expect(await barriers(page)).toEqual([])
      await confirm(sleep, 'Hibernate 3 VMs')
      await expect(runOf(page)).toContainText('3 accepted, 1 skipped.')
      for (const name of SLEEPERS) await expect(rowOf(page, name)).toContainText('Hibernated')
      expect(await barriers(page)).toEqual([])

      await runOf(page).getByRole('button', { name: /^Hide/ }).click()
      await expect(runOf(page)).toHaveCount(0)
      await buttonOf(page, 'Wake').click()
      await confirm(planOf(page, 'Wake 3 VMs?'), 'Wake 3 VMs')
      for (const name of SLEEPERS) await expect(rowOf(page, name)).toContainText('Ready')

      await page.getByRole('button', { name: /^Activity/ }).click()
      const drawer = page.getByRole('dialog', { name: 'Activity' })
      const entry = drawer.getByRole('listitem').filter({ hasText: 'Hibernate 3 VMs' })
      await expect(entry).toContainText('3 accepted, 1 skipped.')
      await entry.getByRole('button', { name: 'Show' }).click()
      await expect(page.getByRole('region', { name: 'Hibernate 3 VMs' })).toContainText(
        'android-smoke-screen',
      )
    } finally {
      await leaveAwake(page, SLEEPERS)
    }
  },
)

test('what was refused is tried again, as another attempt', { tag: '@cluster' }, async ({ page }) => {
  const keys: (string | undefined)[] = []
  await page.route(/\/api\/bulk$/, async (route, request) => {
    keys.push(request.headers()['idempotency-key'])
    if (keys.length > 1) return route.continue()
    // Somebody made one of them anew in between.
    const body = request.postDataJSON() as { targets: { name: string; uid: string }[] }
    for (const target of body.targets) if (target.name === 'android-smoke-2') target.uid = 'another'
    return route.continue({ postData: JSON.stringify(body) })
  })
  try {
    await openFleet(page, HERE)
    await tickOf(page, 'android-smoke-1').click()
    await tickOf(page, 'android-smoke-2').click()
    await buttonOf(page, 'Hibernate').click()
    await confirm(planOf(page, 'Hibernate 2 VMs?'), 'Hibernate 2 VMs')
    const run = page.getByRole('region', { name: 'Hibernate 2 VMs' })
    await expect(run).toContainText('1 accepted, 1 refused.')
    await expect(run.getByRole('listitem').first()).toContainText('android-smoke-2refused: ')
    await run.getByRole('button', { name: 'Try 1 again' }).click()
    await expect(run).toContainText('2 accepted.')
    await expect(rowOf(page, 'android-smoke-2')).toContainText('Hibernated')
    expect(new Set(keys).size).toBe(2)
  } finally {
    await leaveAwake(page, ['android-smoke-1', 'android-smoke-2'])
  }
})

test('cancelling a request that nobody answers says that nobody knows, and trying again has one effect', async ({
  page,
  complaints,
}) => {
  complaints.expect(/404 .*\/api\/bulk/)
  const keys: (string | undefined)[] = []
  await page.route(/\/api\/bulk$/, async (route, request) => {
    if (request.method() !== 'POST') return route.continue()
    keys.push(request.headers()['idempotency-key'])
    if (keys.length > 1) return route.continue()
    // It was done, but its answer never comes.
    await route.fetch()
    return undefined
  })
  try {
    await openFleet(page, HERE)
    await tickOf(page, 'android-smoke-1').click()
    await buttonOf(page, 'Hibernate').click()
    await confirm(planOf(page, 'Hibernate 1 VM?'), 'Hibernate 1 VM')
    const run = page.getByRole('region', { name: /^Hibernat(e|ing) 1 VM$/ })
    await expect(rowOf(page, 'android-smoke-1')).toContainText('Hibernated')
    await run.getByRole('button', { name: 'Cancel the rest' }).click()
    await expect(run).toContainText('1 unknown.')
    await expect(run.getByRole('listitem')).toContainText('Nobody knows whether it was done')
    await run.getByRole('button', { name: 'Try 1 again' }).click()
    await expect(run).toContainText('1 accepted.')
    expect(keys).toEqual([keys[0], keys[0]])
  } finally {
    await leaveAwake(page, ['android-smoke-1'])
  }
})
