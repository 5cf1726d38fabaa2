import type { Locator, Page } from '@playwright/test'
import { barriers } from './support/barriers.ts'
import { dropWish, replicasOf, scaleSet, wishFor } from './support/cluster.ts'
import { groupOf, openFleet, panelOf, rowOf, TALL } from './support/fleet.ts'
import { expect, test } from './support/test.ts'

test.use({ viewport: TALL })

const SLEEPER = 'qa/android-smoke-4'

const actionOf = (page: Page, name: string): Locator =>
  page.getByRole('toolbar', { name: /^Actions on/ }).getByRole('button', { name, exact: true })

const questionOf = (page: Page, title: string): Locator => page.getByRole('dialog', { name: title })

test(
  'a VM is put to sleep and woken from its panel, and the row follows the cluster',
  { tag: '@cluster' },
  async ({ page }) => {
    try {
      await openFleet(page, `/?vm=${SLEEPER}`)
      const row = rowOf(page, 'android-smoke-4')
      await actionOf(page, 'Hibernate').click()
      const sleep = questionOf(page, 'Hibernate android-smoke-4?')
      await expect(sleep).toContainText('kubectl create')
      await sleep.getByText('What is written').click()
      await expect(sleep).toContainText(
        'POST /apis/cocoonset.cocoonstack.io/v1/namespaces/qa/cocoonhibernations',
      )
      expect(await barriers(page)).toEqual([])
      await sleep.getByRole('button', { name: 'Hibernate' }).click()
      await expect(sleep).toHaveCount(0)
      await expect(row).toContainText('Hibernated')
      await expect(page.getByText('Asked for the hibernation of android-smoke-4.')).toBeAttached()

      await actionOf(page, 'Wake').click()
      const wake = questionOf(page, 'Wake android-smoke-4?')
      await expect(wake).toContainText('kubectl patch cocoonhibernation android-smoke-4')
      await wake.getByRole('button', { name: 'Wake' }).click()
      await expect(row).toContainText('Ready')
      await expect(actionOf(page, 'Hibernate')).toHaveAttribute('aria-disabled', 'false')
    } finally {
      await wishFor(SLEEPER, 'Wake')
      await expect(rowOf(page, 'android-smoke-4')).toContainText('Ready')
      await dropWish(SLEEPER)
    }
  },
)

test(
  'one fork more appears under its parent, and scaling back says which VM goes',
  { tag: '@cluster' },
  async ({ page }) => {
    try {
      await openFleet(page, '/?vm=support/helpdesk-kb-0')
      await actionOf(page, 'Fork +1').click()
      const fork = questionOf(page, 'Fork helpdesk-kb-0?')
      await expect(fork).toContainText('3 become 4')
      await fork.getByRole('button', { name: 'Fork' }).click()
      await expect(fork).toHaveCount(0)
      await expect(rowOf(page, 'helpdesk-kb-4')).toContainText('fork of 0')
      await expect(rowOf(page, 'helpdesk-kb-4')).toContainText('Ready')
      await panelOf(page).getByRole('button', { name: 'Close' }).click()

      const menu = page.getByRole('button', { name: 'Actions on set helpdesk-kb' })
      await menu.click()
      await page.getByRole('button', { name: 'Scale…' }).click()
      const scale = questionOf(page, 'Scale helpdesk-kb?')
      await scale.getByRole('spinbutton', { name: 'Sub-agents' }).fill('3')
      await expect(scale).toContainText('helpdesk-kb-4 is deleted with memory and disk')
      const confirm = scale.getByRole('button', { name: 'Scale' })
      await expect(confirm).toHaveAttribute('aria-disabled', 'true')
      await scale.getByRole('textbox').fill('helpdesk-kb')
      expect(await barriers(page)).toEqual([])
      // What was typed counts for what was to be read above it, and where nothing is lost nothing is to be typed.
      const wish = scale.getByRole('spinbutton', { name: 'Sub-agents' })
      await wish.fill('2')
      await expect(scale.getByRole('textbox')).toHaveValue('')
      await expect(confirm).toHaveAttribute('aria-disabled', 'true')
      await wish.fill('5')
      await expect(scale.getByRole('textbox')).toHaveCount(0)
      await expect(confirm).toHaveAttribute('aria-disabled', 'false')
      await wish.fill('3')
      await expect(scale.getByRole('textbox')).toHaveValue('helpdesk-kb')
      await expect(confirm).toHaveAttribute('aria-disabled', 'false')
      await confirm.click()
      await expect(rowOf(page, 'helpdesk-kb-4')).toHaveCount(0)
      await expect(menu).toBeFocused()
    } finally {
      await scaleSet('support/helpdesk-kb', 3)
    }
  },
)

test('a control that is not allowed tells why, by keyboard too, and asks for nothing', async ({ page }) => {
  await openFleet(page)
  await groupOf(page, 'mac-signing').click()
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(panelOf(page).getByRole('button', { name: 'Close' })).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('toolbar').getByRole('link', { name: 'Console' })).toBeFocused()
  await page.keyboard.press('Tab')
  const hibernate = actionOf(page, 'Hibernate')
  await expect(hibernate).toBeFocused()
  await expect(hibernate).toHaveAttribute('aria-disabled', 'true')
  await expect(page.getByRole('tooltip')).toHaveText(/macOS guests cannot be hibernated/)
  await expect(hibernate).toHaveAccessibleDescription(/macOS guests cannot be hibernated/)
  await page.keyboard.press('Enter')
  const said = panelOf(page).getByRole('status').filter({ hasText: 'macOS guests cannot be hibernated' })
  await expect(said).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(1)
})

test('a set has its menu by keyboard, and what is not allowed says why in it', async ({ page }) => {
  await openFleet(page, '/?q=set:mac-signing')
  await groupOf(page, 'mac-signing').focus()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Actions on set mac-signing' })).toBeFocused()
  await page.keyboard.press('Enter')
  const suspend = page.getByRole('button', { name: 'Suspend…' })
  await expect(suspend).toHaveAttribute('aria-disabled', 'true')
  await expect(suspend).toHaveAccessibleDescription(/macOS/)
  expect(await barriers(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Actions on set mac-signing' })).toBeFocused()
})

test(
  'a request that would be refused shows the words of the server before the click',
  { tag: '@cluster' },
  async ({ page, complaints }) => {
    complaints.expect(/422 .*\/api\/sets\/qa\/android-smoke\/fork/)
    await openFleet(page)
    const menu = page.getByRole('button', { name: 'Actions on set android-smoke' })
    await menu.click()
    await page.getByRole('button', { name: 'Fork…' }).click()
    const fork = questionOf(page, 'Fork android-smoke?')
    await fork.getByRole('spinbutton', { name: 'How many more' }).fill('300')
    const alert = fork.getByRole('alert')
    await expect(alert).toContainText('Nothing was asked of it yet')
    await expect(alert).toContainText('The request is not valid')
    await expect(alert).toContainText('count: must be at most 256')
    await expect(fork.getByRole('button', { name: 'Fork' })).toHaveAttribute('aria-disabled', 'true')
    await page.keyboard.press('Escape')
    await expect(fork).toHaveCount(0)
    await expect(menu).toBeFocused()
    await expect(rowOf(page, 'android-smoke-6')).toHaveCount(0)
  },
)

test(
  'a request whose answer was cut off is asked again under its key, and has one effect',
  { tag: '@cluster' },
  async ({ page, complaints }) => {
    complaints.expect(/ERR_FAILED .*\/api\/vms\/support\/helpdesk-kb-0\/fork/)
    const keys: (string | undefined)[] = []
    await page.route('**/api/vms/support/helpdesk-kb-0/fork', async (route) => {
      keys.push(route.request().headers()['idempotency-key'])
      if (keys.length > 1) return route.continue()
      await route.fetch()
      return route.abort()
    })
    try {
      await openFleet(page, '/?vm=support/helpdesk-kb-0')
      await actionOf(page, 'Fork +1').click()
      const fork = questionOf(page, 'Fork helpdesk-kb-0?')
      await fork.getByRole('button', { name: 'Fork' }).click()
      await expect(fork.getByRole('alert')).toContainText('Nobody knows whether it was done')
      await fork.getByRole('button', { name: 'Fork' }).click()
      await expect(fork).toHaveCount(0)
      expect(keys).toEqual([keys[0], keys[0]])
      expect(await replicasOf('support/helpdesk-kb')).toBe(4)
    } finally {
      await scaleSet('support/helpdesk-kb', 3)
      await expect(rowOf(page, 'helpdesk-kb-4')).toHaveCount(0)
    }
  },
)
