import {
  guestClipboard,
  screenOf,
  sendClipboard,
  sizeOf,
  toolOf,
  typeInto,
  untilPicture,
} from './support/consoles.ts'
import { ANNOTATION_VM_ID } from '../../lib/cocoon/keys.ts'
import { barriers } from './support/barriers.ts'
import { dropWish, readPod, wishFor } from './support/cluster.ts'
import { openFleet, rowOf, TALL } from './support/fleet.ts'
import { expect, test } from './support/test.ts'

const DESK = '/vms/qa/android-smoke-screen/console'
const LOCKED = '/vms/finance/ledger-close-excel/console'

test(
  'a desktop opens by one click beside the list, takes what is typed, and keeps its clipboard to itself',
  { tag: '@cluster' },
  async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.setViewportSize(TALL)
    await openFleet(page)
    await page.evaluate(() => navigator.clipboard.writeText('mine'))
    await page.getByRole('link', { name: 'Console of android-smoke-screen' }).click()
    await expect(page).toHaveURL(/console=qa\/android-smoke-screen/)
    await untilPicture(page)
    await typeInto(page, 'copy typed in the page\n')
    await expect.poll(() => guestClipboard(page)).toBe('typed in the page')
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('mine')

    await toolOf(page, 'Clipboard').click()
    await page.getByRole('checkbox', { name: 'Copy by itself while this is open' }).check()
    await page.keyboard.press('Escape')
    await typeInto(page, 'copy allowed now\n')
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('allowed now')

    await page.getByRole('button', { name: 'Close the console' }).click()
    await expect(screenOf(page)).toHaveCount(0)
    await expect(page).toHaveURL('/')
  },
)

test('a long text is typed with the keys of the layout, and what has no key is named', async ({ page }) => {
  await page.goto(DESK)
  await untilPicture(page)
  await toolOf(page, 'Type text').click()
  const text = page.getByRole('textbox', { name: 'Text to type' })
  await text.fill('copy a-Z@{}~漢\n')
  await expect(page.getByText('English (US) has no key for 漢: left out.')).toBeVisible()
  await page.getByRole('button', { name: 'Type 13' }).click()
  await expect(text).toHaveValue('')
  await page.keyboard.press('Escape')
  await expect.poll(() => guestClipboard(page)).toBe('a-Z@{}~')
})

test('the keyboard reaches the screen by Tab, stays in it, and comes back by the chord', async ({ page }) => {
  await page.goto(DESK)
  await untilPicture(page)
  await expect(page).toHaveTitle(/android-smoke-screen console/)
  await toolOf(page, 'Full screen').focus()
  await page.keyboard.press('Tab')
  await expect(screenOf(page)).toBeFocused()
  for (const key of ['Tab', 'Escape', 'Shift+Tab']) await page.keyboard.press(key)
  await expect(screenOf(page)).toBeFocused()
  await expect(page.getByText('together bring them back')).toBeVisible()
  expect(await barriers(page)).toEqual([])
  await page.keyboard.press('Control+Alt+Shift')
  await expect(toolOf(page, /^Picture/)).toBeFocused()
  // Nothing stayed down in the guest: what is typed next is letters, not shortcuts.
  await typeInto(page, 'copy plain letters\n')
  await expect.poll(() => guestClipboard(page)).toBe('plain letters')
})

test('the size of the screen follows the page when that is wanted, and the choice is remembered', async ({
  page,
}) => {
  await page.goto(DESK)
  await untilPicture(page)
  await toolOf(page, /^Picture/).click()
  await page.getByRole('radio', { name: 'Resize the VM’s screen to the page' }).check()
  await page.keyboard.press('Escape')
  const untilAsLargeAsItsPlace = () =>
    expect(async () => {
      const { width = 0, height = 0 } = (await screenOf(page).boundingBox()) ?? {}
      expect(await sizeOf(page)).toBe(`${Math.round(width)}x${Math.round(height)}`)
    }).toPass()
  await untilAsLargeAsItsPlace()
  const before = await sizeOf(page)
  await page.setViewportSize({ width: 1200, height: 720 })
  await expect.poll(() => sizeOf(page)).not.toBe(before)
  await untilAsLargeAsItsPlace()
  await page.reload()
  await untilPicture(page)
  await expect(toolOf(page, 'Picture: Resize the VM’s screen to the page')).toBeVisible()
  await untilAsLargeAsItsPlace()
})

test('a locked screen asks, says no to a wrong password, and keeps none', async ({ page, complaints }) => {
  complaints.expect(/Security negotiation failed/)
  await page.goto(LOCKED)
  const password = page.getByLabel('Password')
  await expect(password).toBeFocused()
  await password.fill('wrong')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: 'That was not accepted' })).toBeVisible()
  expect(await barriers(page)).toEqual([])
  await page.getByLabel('Password').fill('cocoon')
  await page.keyboard.press('Enter')
  await untilPicture(page)
  await expect(screenOf(page)).toBeFocused()
  // Names of the dashboard's own begin with the same word.
  const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))
  expect(kept).not.toMatch(/(^|[^\w@.-])cocoon($|[^\w@.-])/)
})

test('two share a screen when both want to, and one hands the control to the other', async ({
  page,
  openContext,
}) => {
  await page.goto(DESK)
  await untilPicture(page)
  const second = await (await openContext()).newPage()
  await second.goto(DESK)
  await expect(second.getByRole('heading', { name: /Somebody is at the screen/ })).toBeVisible()
  await expect(screenOf(second)).toHaveCount(0)
  expect(await barriers(second)).toEqual([])
  await second.getByRole('button', { name: 'Join in' }).click()
  await untilPicture(second)
  await sendClipboard(second, 'from the second: é')
  await expect.poll(() => guestClipboard(page)).toBe('from the second: é')

  await toolOf(second, /^Watching now/).click()
  await second.getByRole('button', { name: 'Take the control' }).click()
  await second.keyboard.press('Escape')
  await expect(page.getByText('Somebody else has the control.')).toBeVisible()
  await typeInto(page, 'copy not heard\n')
  await typeInto(second, 'copy heard\n')
  await expect.poll(() => guestClipboard(page)).not.toBe('not heard')

  // Who leaves takes the control along.
  await second.close()
  await expect(page.getByText('Somebody else has the control.')).toHaveCount(0)
  await typeInto(page, 'copy mine again\n')
  await expect.poll(() => guestClipboard(page)).toBe('mine again')
})

test('what was closed on purpose stays closed until somebody opens it', async ({ page }) => {
  await page.goto(DESK)
  await untilPicture(page)
  await toolOf(page, 'Disconnect').click()
  await expect(page.getByRole('heading', { name: 'Disconnected' })).toBeVisible()
  await expect(screenOf(page)).toHaveCount(0)
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await untilPicture(page)
})

test('a picture of the screen is saved under the name of the VM', async ({ page }) => {
  await page.goto(DESK)
  await untilPicture(page)
  const saved = page.waitForEvent('download')
  await toolOf(page, 'Save a picture of the screen').click()
  expect((await saved).suggestedFilename()).toMatch(/^android-smoke-screen-\d{4}-\d\d-\d\d-\d{6}\.png$/)
})

test(
  'a sleeping VM is not woken by looking; woken from its console, its screen opens by itself',
  { tag: '@cluster' },
  async ({ page, context, complaints }) => {
    // The VNC server may be gone, and asked for again, before the page hears that the VM sleeps.
    complaints.expect(/409 .*\/api\/vms\/qa\/android-smoke-3\/console/)
    const sleeper = 'qa/android-smoke-3'
    const path = '/vms/qa/android-smoke-3/console'
    try {
      await page.goto(path)
      await untilPicture(page)
      await wishFor(sleeper, 'Hibernate')
      await expect(page.getByRole('heading', { name: 'It is asleep' })).toBeVisible()
      await expect(screenOf(page)).toHaveCount(0)
      expect(await barriers(page)).toEqual([])

      const other = await context.newPage()
      await other.goto(path)
      await expect(other.getByText('Looking at it here has not woken it.')).toBeVisible()
      await other.close()
      expect((await readPod(sleeper)).metadata?.annotations?.[ANNOTATION_VM_ID] ?? '').toBe('')

      await page.getByRole('button', { name: 'Wake' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Wake' }).click()
      await untilPicture(page)
    } finally {
      await wishFor(sleeper, 'Wake')
      await page.goto('/?q=name:android-smoke-3')
      await expect(rowOf(page, 'android-smoke-3')).toContainText('Ready')
      await dropWish(sleeper)
    }
  },
)
