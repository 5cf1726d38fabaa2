import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'

/** The guest's screen in the page. */
export const screenOf = (page: Page): Locator => page.getByRole('application', { name: /^Screen of/ })

export const toolOf = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('toolbar', { name: /^Console of/ }).getByRole('button', { name })

/** How many colours the screen has now; 0 while it is empty. A desktop has several, a dead canvas one. */
export function coloursOf(page: Page): Promise<number> {
  return screenOf(page).evaluate((element) => {
    const canvas = element as HTMLCanvasElement
    if (canvas.width === 0) return 0
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] }
    const colours = new Set<number>()
    for (let at = 0; at < data.length; at += 4) {
      colours.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0))
    }
    return colours.size
  })
}

/** Waits until a picture with something in it is there. */
export async function untilPicture(page: Page, colours = 2): Promise<void> {
  await expect(screenOf(page)).toBeVisible()
  await expect.poll(() => coloursOf(page)).toBeGreaterThanOrEqual(colours)
}

/** The size of the guest's screen, as the VNC server told it. */
export const sizeOf = (page: Page): Promise<string> =>
  screenOf(page).evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement
    return `${width}x${height}`
  })

/** Types into the guest by the keyboard, the focus being on its screen. */
export async function typeInto(page: Page, text: string): Promise<void> {
  await screenOf(page).focus()
  await page.keyboard.type(text, { delay: 10 })
}

/** What the guest copied last, as the page shows it. Leaves the panel closed. */
export async function guestClipboard(page: Page): Promise<string> {
  await toolOf(page, 'Clipboard').click()
  const text = await page.getByRole('textbox', { name: 'From the VM' }).inputValue()
  await page.keyboard.press('Escape')
  return text
}

/** Puts a text on the guest's clipboard. */
export async function sendClipboard(page: Page, text: string): Promise<void> {
  await toolOf(page, 'Clipboard').click()
  await page.getByRole('textbox', { name: 'To the VM' }).fill(text)
  await page.getByRole('button', { name: 'Send to the VM' }).click()
  await page.keyboard.press('Escape')
}
