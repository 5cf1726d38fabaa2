import type { Page } from '@playwright/test'
import { guestClipboard, screenOf, toolOf, typeInto, untilPicture } from './support/consoles.ts'
import { expect, test } from './support/test.ts'

const DESK = '/vms/research/paper-reader-browser/console'

test('a console that opens has the focus where nothing else had it, and is heard only while it may be', async ({
  page,
}) => {
  await page.goto(DESK)
  await untilPicture(page)
  await expect(screenOf(page)).toBeFocused()
  await page.keyboard.type('copy at once\n')
  await expect.poll(() => guestClipboard(page)).toBe('at once')

  await toolOf(page, 'View only').click()
  await typeInto(page, 'copy not heard\n')
  await expect(page.getByText('This is view only. Keys and pointer stay here.')).toBeVisible()
  await toolOf(page, /^View only/).click()
  await typeInto(page, 'copy heard again\n')
  await expect.poll(() => guestClipboard(page)).toBe('heard again')
})

test('a clipboard that takes Latin letters only says what it made of the others', async ({ page }) => {
  await page.goto(DESK)
  await untilPicture(page)
  await toolOf(page, 'Clipboard').click()
  const text = page.getByRole('textbox', { name: 'To the VM' })
  const send = page.getByRole('button', { name: 'Send to the VM' })
  await text.fill('Zürich')
  await send.click()
  await expect(page.getByText('Sent to the VM’s clipboard: paste it there.')).toBeVisible()
  await text.fill('Zürich 漢字')
  await send.click()
  await expect(page.getByText('Sent, but with “?” for 漢 字')).toBeVisible()
})

/** What the page asked of the browser's keyboard. */
const locks = (page: Page) => page.evaluate(() => (window as unknown as { locks: string[] }).locks.join(' '))

test('full screen takes the keys that the browser keeps for itself, and gives them back', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const asked: string[] = []
    const lock = () => Promise.resolve(void asked.push('lock'))
    const unlock = () => void asked.push('unlock')
    Object.assign(window, { locks: asked })
    Object.defineProperty(navigator, 'keyboard', { value: { lock, unlock } })
  })
  await page.goto(DESK)
  await untilPicture(page)
  await toolOf(page, 'Full screen').click()
  await expect.poll(() => locks(page)).toBe('lock')
  const whole = await screenOf(page).evaluate(() => document.fullscreenElement?.getAttribute('aria-label'))
  expect(whole).toBe('Console of paper-reader-browser')
  await toolOf(page, 'Leave full screen').click()
  await expect(toolOf(page, 'Full screen')).toBeVisible()
  expect(await locks(page)).toBe('lock unlock')
})

test('a window of its own is named after the VM, and the console is open in one place', async ({ page }) => {
  await page.goto(DESK)
  await untilPicture(page)
  const opening = page.waitForEvent('popup')
  await toolOf(page, 'Open in a window of its own').click()
  const own = await opening
  await untilPicture(own)
  await expect(own).toHaveTitle(/^paper-reader-browser/)
  await expect(own.getByRole('navigation')).toHaveCount(0)
  await expect(page.getByRole('heading', { name: 'This console is in a window of its own' })).toBeVisible()
  await expect(screenOf(page)).toHaveCount(0)
  await own.close()
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await untilPicture(page)
  await expect(screenOf(page)).toBeFocused()
})

test('a combination of one’s own is kept for the next time, until it is forgotten', async ({ page }) => {
  await page.goto(DESK)
  await untilPicture(page)
  const combination = page.getByRole('textbox', { name: 'Another combination' })
  const own = page.getByRole('list', { name: 'Your combinations' })
  await toolOf(page, 'Send keys').click()
  await combination.fill('ctrl+banana')
  await combination.press('Enter')
  await expect(page.getByText('“banana” is no key.')).toBeVisible()
  await combination.fill('ctrl+altgr+pageup')
  await combination.press('Enter')
  await expect(own.getByRole('button', { name: 'Ctrl+AltGr+PageUp', exact: true })).toBeVisible()

  await page.reload()
  await untilPicture(page)
  await toolOf(page, 'Send keys').click()
  await own.getByRole('button', { name: 'Ctrl+AltGr+PageUp', exact: true }).click()
  await own.getByRole('button', { name: 'Forget Ctrl+AltGr+PageUp' }).click()
  await expect(own).toHaveCount(0)
  // A field in a popover keeps it open when a phone's keyboard makes the window smaller.
  await combination.focus()
  await page.setViewportSize({ width: 1440, height: 500 })
  await expect(combination).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(combination).toBeHidden()
})
