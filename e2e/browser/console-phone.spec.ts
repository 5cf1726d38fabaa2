import { guestClipboard, screenOf, toolOf, untilPicture } from './support/consoles.ts'
import { expect, test } from './support/test.ts'

test('a phone types into a desktop by its own keyboard, and has the keys that it lacks', async ({ page }) => {
  await page.goto('/vms/research/paper-reader-browser/console')
  await untilPicture(page)
  const keys = page.getByRole('group', { name: 'Keys of the VM' })
  await keys.getByRole('button', { name: 'Keyboard' }).tap()
  await expect(page.getByRole('textbox', { name: 'Typed into the VM' })).toBeFocused()
  await page.keyboard.type('copy by thunb')
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('mb\n')
  await expect.poll(() => guestClipboard(page)).toBe('by thumb')

  // Ctrl holds for one key: Ctrl+C copies what is typed in the guest's line, then letters are letters again.
  await keys.getByRole('button', { name: 'Keyboard' }).tap()
  await page.keyboard.type('copied line')
  await keys.getByRole('button', { name: 'Ctrl' }).tap()
  await expect(keys.getByRole('button', { name: 'Ctrl' })).toHaveAttribute('aria-pressed', 'true')
  // The phone's keyboard stays up.
  await expect(page.getByRole('textbox', { name: 'Typed into the VM' })).toBeFocused()
  await page.keyboard.type('c')
  await expect(keys.getByRole('button', { name: 'Ctrl' })).toHaveAttribute('aria-pressed', 'false')
  await expect.poll(() => guestClipboard(page)).toBe('copied line')
  await keys.getByRole('button', { name: 'Keyboard' }).tap()
  await page.keyboard.type('\n')

  // View only lets go of what was held: nothing after it is a shortcut.
  await keys.getByRole('button', { name: 'Ctrl' }).tap()
  await toolOf(page, /^View only/).tap()
  await expect(keys).toBeHidden()
  await toolOf(page, /^View only/).tap()
  await keys.getByRole('button', { name: 'Keyboard' }).tap()
  await page.keyboard.type('copy let go\n')
  await expect.poll(() => guestClipboard(page)).toBe('let go')
  await expect(toolOf(page, 'Open in a window of its own')).toBeHidden()
  await expect(screenOf(page)).toBeVisible()
})
