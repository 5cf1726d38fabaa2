import type { Page } from '@playwright/test'
import { dropWish, wishFor } from './support/cluster.ts'
import { openFleet, panelOf, rowOf, TALL } from './support/fleet.ts'
import { expect, test } from './support/test.ts'

test.use({ viewport: TALL })

/** The rows that the terminal shows to screen readers. */
const shellOf = (page: Page, number: number) => page.getByRole('region', { name: `Shell ${number} in` })

test('a VM leads to its log, which is searched, followed and kept', { tag: '@cluster' }, async ({ page }) => {
  await openFleet(page)
  await rowOf(page, 'ci-runner-0').click()
  await panelOf(page).getByRole('link', { name: 'Log' }).click()
  const log = page.getByRole('log', { name: 'Log of ci-runner-0' })
  await expect(log).toContainText('agent[')
  await expect(page.getByText('Journal of the guest')).toBeVisible()

  await page.getByLabel('How many lines').selectOption('last 1,000 lines')
  await page.getByLabel('Find in the log').fill('HEARTBEAT')
  await expect(page.getByRole('toolbar', { name: 'Log' })).toContainText(/1 of \d+/)
  await page.getByLabel('Find in the log').press('Enter')
  await expect(page.getByRole('toolbar', { name: 'Log' })).toContainText(/2 of \d+/)
  await expect(page).toHaveURL(/tail=1000/)
  await expect(page).toHaveURL(/find=HEARTBEAT/)

  const kept = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download' }).click()
  expect((await kept).suggestedFilename()).toMatch(/^ci-runner-0-.*\.log$/)
})

test('a VM that sleeps says why there is neither log nor shell', { tag: '@cluster' }, async ({ page }) => {
  await page.goto('/vms/finance/invoice-intake-0/logs')
  await expect(page.getByText('is hibernated and has no running VM')).toBeVisible()
  await page.goto('/vms/finance/invoice-intake-0/terminal')
  await expect(page.getByText('is hibernated and has no running VM')).toBeVisible()
})

test(
  'a shell is typed into, line by line where the guest has no terminal, and another one beside it',
  { tag: '@cluster' },
  async ({ page }) => {
    await openFleet(page)
    await rowOf(page, 'ci-runner-0').click()
    await panelOf(page).getByRole('link', { name: 'Terminal' }).click()
    await expect(page.getByText('Lines, no terminal.')).toBeVisible()
    const shell = shellOf(page, 1)
    await page.keyboard.type('echo "sum $((40+2))"x')
    await page.keyboard.press('Backspace')
    await page.keyboard.press('Enter')
    await expect(shell).toContainText('sum 42')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await expect(shell).toContainText(/(sum 42[\s\S]*){2}/)

    await page.getByRole('button', { name: 'Another shell' }).click()
    await expect(page.getByRole('tab', { name: 'Shell 2' })).toHaveAttribute('aria-selected', 'true')
    await expect(page.getByText('Lines, no terminal.').nth(1)).toBeVisible()
    await page.keyboard.type('exit 3')
    await page.keyboard.press('Enter')
    await expect(page.getByText('The shell has ended.')).toBeVisible()
    await page.getByRole('button', { name: 'New shell' }).click()
    await expect(page.getByText('The shell has ended.')).toBeHidden()
    // It is below what the one before it left.
    await expect(shellOf(page, 2)).toContainText(/exit 3[\s\S]*root@/)

    // A shell keeps every key, Tab too; the chord leaves it, a click on its tab comes back.
    const second = shellOf(page, 2).getByRole('textbox', { name: 'Terminal input' })
    await expect(second).toBeFocused()
    await page.keyboard.press('Tab')
    await expect(second).toBeFocused()
    await page.keyboard.press('Control+Alt+Shift')
    await expect(page.getByLabel('Find in the terminal').nth(1)).toBeFocused()
    await page.getByRole('tab', { name: 'Shell 1' }).click()
    await expect(shell.getByRole('textbox', { name: 'Terminal input' })).toBeFocused()
  },
)

test(
  'a guest with a terminal gives one: keys, signals, colours, and the size of the page',
  { tag: '@cluster' },
  async ({ page, complaints }) => {
    // The menu asks whether a fork of no set would be let through.
    complaints.expect(/fork\?dryRun=true/)
    await openFleet(page)
    await page.getByRole('button', { name: 'Actions on paper-reader-1', exact: true }).click()
    await page.getByRole('link', { name: 'Terminal', exact: true }).click()
    await expect(page.getByText('Terminal of the guest.')).toBeVisible()
    const shell = shellOf(page, 1)
    await page.keyboard.type('echo "sum $((40+2))x')
    await page.keyboard.press('Backspace')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('End')
    await page.keyboard.type('"')
    await page.keyboard.press('Enter')
    await expect(shell).toContainText('sum 42')
    await page.keyboard.type('sleep 10000')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+C')
    await expect(shell).toContainText('^C')
    await page.keyboard.type('echo "code $?"')
    await page.keyboard.press('Enter')
    await expect(shell).toContainText('code 130')

    const columns = async () => {
      await page.keyboard.type('clear; stty size | sed "s/.* /wide /"')
      await page.keyboard.press('Enter')
      await expect(shell).toContainText(/wide \d+/)
      return Number(/wide (\d+)/.exec(await shell.innerText())?.[1])
    }
    const before = await columns()
    await page.setViewportSize({ width: 800, height: 900 })
    await expect.poll(columns).toBeLessThan(before)
  },
)

test(
  'a shell ends when its VM sleeps, and a new one opens by itself when it was woken there',
  { tag: '@cluster' },
  async ({ page }) => {
    const sleeper = 'research/paper-reader-2'
    try {
      await page.goto('/vms/research/paper-reader-2/terminal')
      await expect(page.getByText('Terminal of the guest.')).toBeVisible()
      const log = await page.context().newPage()
      await wishFor(sleeper, 'Hibernate')
      await expect(page.getByText('The VM sleeps.')).toBeVisible()
      // Its log can be read until its state is saved, and the answer may be that it just was.
      const wake = page.getByRole('button', { name: 'Wake' })
      await expect(wake).toBeVisible()
      await log.goto('/vms/research/paper-reader-2/logs')
      await expect(log.getByText('Looking at it here has not woken it.')).toBeVisible()
      await wake.click()
      await page.getByRole('dialog').getByRole('button', { name: 'Wake' }).click()
      await expect(page.getByText('Terminal of the guest.')).toBeVisible()
      await expect(log.getByRole('log')).toContainText('agent[')
      await log.close()
    } finally {
      await wishFor(sleeper, 'Wake')
      await page.goto('/?q=name:paper-reader-2')
      await expect(rowOf(page, 'paper-reader-2')).toContainText('Ready')
      await dropWish(sleeper)
    }
  },
)

test('what a guest writes makes the terminal type nothing and takes nothing', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const typed: string[] = []
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => void typed.push(payload.toString('latin1')))
  })
  await page.goto('/vms/platform/ci-runner-0/terminal')
  await expect(page.getByText('Lines, no terminal.')).toBeVisible()
  await page.evaluate(() => navigator.clipboard.writeText('mine'))
  const title = await page.title()
  const asks = [
    '[c',
    '[>c',
    '[=c',
    '[5n',
    '[6n',
    '[?6n',
    '[18t',
    '[21t',
    '[?2026$p',
    '[4$p',
    '[>q',
    'P$qm\\033\\\\',
    'P+q544e\\033\\\\',
    ']10;?\\007',
    ']11;?\\007',
    ']4;1;?\\007',
    ']52;c;ZXZpbA==\\007',
    ']52;c;?\\007',
    ']0;owned\\007',
    ']2;owned\\007',
    '[?1004h',
    '[?1000h',
    '[?1003h',
    ']8;;javascript:alert(1)\\033\\\\click\\033]8;;\\033\\\\',
  ]
  await page.keyboard.type(`printf '${asks.map((ask) => `\\033${ask}`).join('')}'; echo "the e"nd`)
  typed.length = 0
  await page.keyboard.press('Enter')
  await expect(shellOf(page, 1)).toContainText('the end')
  await page.mouse.click(400, 400)
  await page.keyboard.type('echo still "he"re')
  await page.keyboard.press('Enter')
  await expect(shellOf(page, 1)).toContainText('still here')
  // Two lines were sent, which somebody typed; nothing else.
  expect(typed.map((frame) => frame.slice(5, 11))).toEqual(['printf', 'echo s'])
  expect(await page.title()).toBe(title)
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('mine')
})
