import { createSet, deletePod, dropSet } from './support/cluster.ts'
import { expect, test } from './support/test.ts'

const SET = 'qa/short-lived'

test(
  'a log and a shell outlive their VM, and its successor is another one',
  { tag: '@cluster' },
  async ({ page, context, complaints }) => {
    // What the page asks as the VM goes may come too late.
    complaints.expect(/(404|409) .*\/api\/vms\/qa\/short-lived-0\/(logs|console)/)
    const log = await context.newPage()
    const both = [page, log]
    try {
      await createSet(SET, 'ghcr.io/cocoonstack/images/ubuntu:24.04')
      await page.goto('/vms/qa/short-lived-0/terminal')
      await expect(page.getByText(/Terminal of the guest\.|Lines, no terminal\./)).toBeVisible()
      const shell = page.getByRole('region', { name: 'Shell 1 in short-lived-0' })
      await page.keyboard.type('echo was "he"re')
      await page.keyboard.press('Enter')
      await expect(shell).toContainText('was here')
      await log.goto('/vms/qa/short-lived-0/logs')
      const lines = log.getByRole('log', { name: 'Log of short-lived-0' })
      await expect(lines).toContainText('agent[')

      await deletePod('qa/short-lived-0')
      for (const each of both) await expect(each.getByText('is another VM now')).toBeVisible()
      await expect(shell).toContainText('was here')
      await expect(page.getByRole('button', { name: 'New shell' })).toBeHidden()
      await expect(lines).toContainText('agent[')

      await page.getByRole('button', { name: 'Open the new one' }).click()
      await expect(page.getByText(/Terminal of the guest\.|Lines, no terminal\./)).toBeVisible()
      await expect(shell).not.toContainText('was here')
    } finally {
      await dropSet(SET)
    }
    for (const each of both) await expect(each.getByText('is gone, or no longer yours to see.')).toBeVisible()
    await page.reload()
    await expect(page.getByRole('heading', { name: 'There is no such VM' })).toBeVisible()
    await log.close()
  },
)
