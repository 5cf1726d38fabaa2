import type { Locator, Page } from '@playwright/test'
import { reviewServer } from '../../demo/testing/review-server.ts'
import { barriers } from './support/barriers.ts'
import { createSet, dropGuard, dropSet, dropWish, guardSets, suspendSet, wishFor } from './support/cluster.ts'
import { groupOf, openFleet, rowOf, TALL } from './support/fleet.ts'
import { expect, test } from './support/test.ts'

test.use({ viewport: TALL })

const SLEEPER = 'qa/android-smoke-5'

const actionOf = (page: Page, name: string): Locator =>
  page.getByRole('toolbar', { name: /^Actions on/ }).getByRole('button', { name, exact: true })

const questionOf = (page: Page, title: string): Locator => page.getByRole('dialog', { name: title })

const panelOf = (page: Page, name: string): Locator => page.getByRole('dialog', { name })

const activityOf = (page: Page): Locator => page.getByRole('button', { name: /^Activity/ })

const drawerOf = (page: Page): Locator => page.getByRole('dialog', { name: 'Activity' })

test(
  'what the cluster would refuse is said before the click, and another wish is tried anew',
  { tag: '@cluster' },
  async ({ page, complaints }) => {
    complaints.expect(/403 .*\/fork\?dryRun=true/)
    const frozen = 'the sets of this namespace are frozen until Monday'
    const hook = await reviewServer({
      '/': (_, answer) => answer({ allowed: false, status: { code: 403, message: frozen } }),
    })
    await openFleet(page, '/?vm=support/helpdesk-kb-0')
    const fork = questionOf(page, 'Fork helpdesk-kb-0?')
    const confirm = fork.getByRole('button', { name: /^Fork/ })
    const changes = fork.getByRole('region', { name: 'Changes of CocoonSet support/helpdesk-kb' })
    try {
      await guardSets('frozen', 'support', { url: hook.url, caBundle: hook.caBundle })
      try {
        // An API server takes a new webhook up in a moment, not at once.
        await expect(async () => {
          if (await fork.isVisible()) await page.keyboard.press('Escape')
          await actionOf(page, 'Fork +1').click()
          await expect(fork.getByRole('alert')).toContainText(frozen, { timeout: 2_000 })
        }).toPass()
        await expect(fork.getByRole('alert')).toContainText('Nothing was asked of it yet')
        await expect(confirm).toHaveAttribute('aria-disabled', 'true')
        await expect(changes).toHaveCount(0)
        expect(await barriers(page)).toEqual([])
      } finally {
        await dropGuard('frozen')
      }
      let count = 2
      await expect(async () => {
        await fork.getByRole('spinbutton', { name: 'How many more' }).fill(String((count += 1)))
        await expect(fork).toContainText('it would be accepted', { timeout: 2_000 })
      }).toPass()
      await expect(confirm).toHaveAttribute('aria-disabled', 'false')
      await expect(changes.getByRole('deletion')).toContainText('replicas: 3')
      await expect(changes.getByRole('insertion')).toContainText(`replicas: ${3 + count}`)
      await page.keyboard.press('Escape')
      await expect(rowOf(page, 'helpdesk-kb-4')).toHaveCount(0)
    } finally {
      await hook.close()
    }
  },
)

test.describe('a VM that cannot be put to sleep', () => {
  const SET = 'qa/no-nap'
  const VM = 'no-nap-0'

  test.beforeAll(() => createSet(SET, 'ubuntu:fail-hibernate'))
  test.afterAll(() => dropSet(SET))

  test(
    'says so in the panel, the row and the drawer, the same after a reload and elsewhere',
    { tag: '@cluster' },
    async ({ page, openContext }) => {
      // The operator waits three of the cluster's minutes, which are nine seconds here, after a nap and a wake.
      test.slow()
      await openFleet(page, `/?vm=${SLEEPER}`)
      try {
        // So that this fleet has a past.
        await wishFor(SLEEPER, 'Hibernate')
        await expect(rowOf(page, 'android-smoke-5')).toContainText('Hibernated')
      } finally {
        await wishFor(SLEEPER, 'Wake')
        await expect(rowOf(page, 'android-smoke-5')).toContainText('Ready')
        await dropWish(SLEEPER)
      }
      await page.goto(`/?vm=qa/${VM}`)
      await expect(rowOf(page, VM)).toContainText('Ready')
      await actionOf(page, 'Hibernate').click()
      await questionOf(page, `Hibernate ${VM}?`).getByRole('button', { name: 'Hibernate' }).click()
      const panel = panelOf(page, VM)
      await expect(panel).toContainText(
        /Asked for hibernation [\d.]+ s ago, (usually [\d.]+ s|[\d.]+ s last time)/,
      )
      await expect(panel).toContainText('The operator gives up after 3 minutes.')
      await page.reload()
      await expect(panel).toContainText('Asked for hibernation')
      await expect(panel).toContainText('which failed: ')
      const words = 'hibernate not confirmed within 3m0s'
      await expect(panel).toContainText(words)
      await expect(panel).toContainText('ask again, or ask to wake it to take the request back')
      await expect(
        rowOf(page, VM).getByRole('img', { name: /Asked for hibernation, which failed/ }),
      ).toBeVisible()

      const other = await (await openContext()).newPage()
      await openFleet(other, `/?vm=qa/${VM}`)
      await expect(panelOf(other, VM)).toContainText(words)
      await activityOf(other).click()
      const failed = drawerOf(other)
        .getByRole('listitem')
        .filter({ hasText: `Hibernate ${VM}` })
      await expect(failed).toContainText('Failed')
      await expect(failed).toContainText(words)

      await panel.getByRole('button', { name: 'Close' }).click()
      await activityOf(page).focus()
      await page.keyboard.press('Enter')
      const own = drawerOf(page).getByRole('region', { name: 'Asked for in this tab' })
      await expect(own).toContainText(`Hibernate ${VM}`)
      await expect(own).toContainText('Accepted')
      expect(await barriers(page)).toEqual([])
      await page.keyboard.press('Escape')
      await expect(activityOf(page)).toBeFocused()
    },
  )
})

test.describe('a set that is long in falling asleep', () => {
  const SET = 'qa/late-nap'

  test.beforeAll(() => createSet(SET, 'ubuntu:slow-hibernate'))
  test.afterAll(() => dropSet(SET))

  test('offers to tell when it is done, asks for leave on that click only, and tells', async ({
    page,
    context,
  }) => {
    test.slow()
    await page.addInitScript(() => {
      const told: string[] = []
      Object.assign(globalThis, { told })
      globalThis.Notification = class extends Notification {
        constructor(title: string, options?: NotificationOptions) {
          super(title, options)
          told.push(title)
        }
      }
    })
    await openFleet(page, '/?vm=qa/late-nap-0')
    await expect(rowOf(page, 'late-nap-0')).toContainText('Ready')
    await suspendSet(SET, true)
    const panel = panelOf(page, 'late-nap-0')
    await expect(panel).toContainText('Set late-nap: Asked to suspend')
    await expect(panel).toContainText('Suspending has no limit')
    await expect(groupOf(page, 'late-nap')).toContainText('Asked to suspend')
    await expect(groupOf(page, 'late-nap')).toContainText('0 of 1 asleep')
    const tell = panel.getByRole('button', { name: 'Tell me when it is done' }).first()
    await tell.click()
    await expect(panel).toContainText('The browser does not let this page notify you')
    await context.grantPermissions(['notifications'])
    await tell.click()
    await expect(panel).toContainText('The browser will tell you when it is done')
    await page.reload()
    await expect
      .poll(() => page.evaluate(() => (globalThis as unknown as { told: string[] }).told), {
        timeout: 40_000,
      })
      .toContainEqual(expect.stringMatching(/^(Suspend set late-nap|Hibernate late-nap-0) is done/))
  })
})
