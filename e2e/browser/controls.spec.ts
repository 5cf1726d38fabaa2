import type { Locator, Page } from '@playwright/test'
import { barriers } from './support/barriers.ts'
import { createSet, deletePod, dropSet, dropWish, wishFor } from './support/cluster.ts'
import { groupOf, openFleet, rowOf, TALL } from './support/fleet.ts'
import { expect, test } from './support/test.ts'

test.use({ viewport: TALL })

const questionOf = (page: Page, title: string): Locator => page.getByRole('dialog', { name: title })

const menuOf = (page: Page, object: string): Locator =>
  page.getByRole('button', { name: `Actions on ${object}`, exact: true })

const itemOf = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true })

async function choose(page: Page, object: string, item: string): Promise<void> {
  await menuOf(page, object).click()
  await itemOf(page, item).click()
}

/** The cluster refuses a pod of no set in a dry run, which the menu asks for: browsers complain of any refusal. */
const REFUSED_POD = /403 .*\/fork\?dryRun=true/

test(
  'a row has its menu by keyboard; a fork of no set is refused there in the words of admission',
  { tag: '@cluster' },
  async ({ page, complaints }) => {
    complaints.expect(REFUSED_POD)
    await openFleet(page, '/?q=set:helpdesk-kb')
    const row = rowOf(page, 'helpdesk-kb-0')
    await row.focus()
    await page.keyboard.press('Shift+F10')
    await expect(page.getByRole('button', { name: 'Console', exact: true })).toBeFocused()
    for (const name of ['Terminal', 'Log']) {
      await page.keyboard.press('ArrowDown')
      await expect(page.getByRole('link', { name, exact: true })).toBeFocused()
    }
    const standalone = itemOf(page, 'Fork as a VM of no set…')
    await expect(standalone).toHaveAccessibleDescription(/cocoon pods must be managed by a CocoonSet/)
    await expect(standalone).toHaveAttribute('aria-disabled', 'true')
    await expect(itemOf(page, 'Delete VM…')).toHaveAccessibleDescription(/belongs to set helpdesk-kb/)
    await page.keyboard.press('End')
    await expect(itemOf(page, 'Delete VM…')).toBeFocused()
    expect(await barriers(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect(itemOf(page, 'Hibernate…')).toHaveCount(0)
    await expect(row).toBeFocused()

    // The arrow keys reach the same button through the cells.
    await page.keyboard.press('ArrowRight')
    for (let turn = 0; turn < 12 && !(await isFocused(menuOf(page, 'helpdesk-kb-0'))); turn += 1) {
      await page.keyboard.press('ArrowRight')
    }
    await expect(menuOf(page, 'helpdesk-kb-0')).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(rowOf(page, 'helpdesk-kb-1')).toBeFocused()
  },
)

const isFocused = (locator: Locator) => locator.evaluate((element) => element === document.activeElement)

test('the likely actions stand in a row while somebody points at it, and lead back to it', async ({
  page,
}) => {
  await openFleet(page, '/?q=set:helpdesk-kb')
  const row = rowOf(page, 'helpdesk-kb-0')
  await row.hover()
  await page.getByRole('button', { name: 'Fork +1: helpdesk-kb-0' }).click()
  const fork = questionOf(page, 'Fork helpdesk-kb-0?')
  const room = fork.getByRole('region', { name: /^Room on / })
  await expect(room).toContainText(/Cores[\d.]+ of \d+/)
  await expect(room).toContainText(/room for \d+ more/)
  await fork.getByRole('spinbutton').fill('250')
  await expect(fork).toContainText(/has no room for that\. Nothing in the cluster stops it/)
  await expect(fork).toContainText(/The fork snapshot is .* old or older/)
  await expect(fork.getByRole('button', { name: 'Fork 250' })).toHaveAttribute('aria-disabled', 'false')
  expect(await barriers(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(row).toBeFocused()
})

test(
  'a sleeping VM becomes a set of its own, and deleting that one says what is lost',
  { tag: '@cluster' },
  async ({ page, complaints }) => {
    complaints.expect(/404 .*\/fork\?dryRun=true/)
    const [sleeper, copy] = ['qa/android-smoke-3', 'qa/smoke-copy']
    try {
      await wishFor(sleeper, 'Hibernate')
      await openFleet(page, '/?q=ns:qa')
      await expect(rowOf(page, 'android-smoke-3')).toContainText('Hibernated')
      await choose(page, 'android-smoke-3', 'Fork into a new set…')
      const fork = questionOf(page, 'Fork android-smoke-3 into a new set?')
      const name = fork.getByRole('textbox', { name: 'Name of the set' })
      const namespace = fork.getByRole('combobox', { name: 'Namespace' })
      await expect(name).toHaveValue('android-smoke-copy')
      await expect(namespace).toHaveValue('qa')
      await name.fill('Smoke')
      await expect(name).toHaveAccessibleDescription('Small letters only.')
      await name.fill('smoke-copy')
      await namespace.fill('nowhere')
      await expect(namespace).toHaveAccessibleDescription(/namespaces "nowhere" not found/)
      await namespace.fill('qa')
      await expect(fork).toContainText('image: vk-qa-android-smoke-3:hibernate')
      await expect(fork).toContainText('Keep android-smoke-3 hibernated until the new main agent is ready')
      expect(await barriers(page)).toEqual([])
      await fork.getByRole('button', { name: 'Make the set' }).click()
      await expect(fork).toHaveCount(0)
      await expect(rowOf(page, 'smoke-copy-0')).toContainText('Ready')

      await choose(page, 'set smoke-copy', 'Delete set…')
      const gone = questionOf(page, 'Delete set smoke-copy?')
      await expect(gone.getByRole('region', { name: 'VMs that go' })).toContainText(
        'last state kept as vk-qa-smoke-copy-0:latest',
      )
      const confirm = gone.getByRole('button', { name: 'Delete set' })
      await expect(gone).toContainText('Tried on the cluster')
      await expect(confirm).toHaveAttribute('aria-disabled', 'true')
      await gone.getByRole('textbox').fill('smoke-copy')
      await confirm.click()
      await expect(gone).toHaveCount(0)
      await expect(groupOf(page, 'smoke-copy')).toHaveCount(0)
    } finally {
      await dropSet(copy)
      await wishFor(sleeper, 'Wake')
      await expect(rowOf(page, 'android-smoke-3')).toContainText('Ready')
      await dropWish(sleeper)
    }
  },
)

test(
  'removing a request says when memory is lost by it, and is one click when nothing is',
  { tag: '@cluster' },
  async ({ page, complaints }) => {
    complaints.expect(REFUSED_POD)
    const sleeper = 'qa/android-smoke-2'
    try {
      await wishFor(sleeper, 'Hibernate')
      await openFleet(page, '/?q=ns:qa')
      await expect(rowOf(page, 'android-smoke-2')).toContainText('Hibernated')
      await choose(page, 'android-smoke-2', 'Remove hibernation request…')
      const question = questionOf(page, 'Remove the hibernation request of android-smoke-2?')
      await expect(question).toContainText('vk-qa-android-smoke-2:hibernate is destroyed')
      await expect(question.getByRole('textbox')).toBeVisible()
      await expect(question.getByRole('button', { name: 'Remove' })).toHaveAttribute('aria-disabled', 'true')
      await page.keyboard.press('Escape')
      await expect(question).toHaveCount(0)

      await wishFor(sleeper, 'Wake')
      await expect(rowOf(page, 'android-smoke-2')).toContainText('Ready')
      await choose(page, 'android-smoke-2', 'Remove hibernation request…')
      await expect(question).toContainText('nothing is lost')
      await expect(question.getByRole('textbox')).toHaveCount(0)
      await question.getByRole('button', { name: 'Remove' }).click()
      await expect(question).toHaveCount(0)
      await menuOf(page, 'android-smoke-2').click()
      await expect(itemOf(page, 'Remove hibernation request…')).toHaveAccessibleDescription(
        /no request is there/,
      )
    } finally {
      await wishFor(sleeper, 'Wake')
      await expect(rowOf(page, 'android-smoke-2')).toContainText('Ready')
      await dropWish(sleeper)
    }
  },
)

test(
  'where admission lets it, a VM is forked as one of no set, which is deleted by its name',
  { tag: '@cluster' },
  async ({ page }) => {
    // Admission leaves the operator's own namespace alone (contract 9).
    const [den, cub] = ['cocoon-system/den', 'cocoon-system/cub']
    await createSet(den, 'ubuntu-agent:24.04')
    try {
      await openFleet(page, '/?q=ns:cocoon-system')
      await expect(rowOf(page, 'den-0')).toContainText('Ready')
      await choose(page, 'den-0', 'Fork as a VM of no set…')
      const fork = questionOf(page, 'Fork den-0 as a VM of no set?')
      const name = fork.getByRole('textbox', { name: 'Name of the pod' })
      await expect(name).toHaveValue('den-0-fork')
      await name.fill('den-0')
      await expect(name).toHaveAccessibleDescription('There is a VM den-0 in cocoon-system already.')
      await name.fill('cub')
      await expect(fork).toContainText('POST /api/v1/namespaces/cocoon-system/pods')
      await fork.getByRole('button', { name: 'Fork', exact: true }).click()
      await expect(fork).toHaveCount(0)
      await expect(rowOf(page, 'cub')).toContainText('Ready')

      await choose(page, 'cub', 'Delete VM…')
      const question = questionOf(page, 'Delete cub?')
      await expect(question).toContainText('cub loses its memory and its disk')
      await question.getByRole('textbox').fill('cub')
      await question.getByRole('button', { name: 'Delete', exact: true }).click()
      await expect(question).toHaveCount(0)
      await expect(rowOf(page, 'cub')).toHaveCount(0)
    } finally {
      await deletePod(cub).catch(() => undefined)
      await dropSet(den)
      await expect(rowOf(page, 'den-0')).toHaveCount(0)
    }
  },
)

test('a set leads to its editor and to a copy of it', async ({ page }) => {
  await openFleet(page, '/?q=set:helpdesk-kb')
  await menuOf(page, 'set helpdesk-kb').click()
  await expect(page.getByRole('link', { name: 'Edit' })).toHaveAttribute(
    'href',
    '/sets/support/helpdesk-kb/edit',
  )
  await expect(page.getByRole('link', { name: 'Clone' })).toHaveAttribute(
    'href',
    '/sets/new?from=support/helpdesk-kb',
  )
  await page.getByRole('link', { name: 'Edit' }).click()
  await expect(page).toHaveURL('/sets/support/helpdesk-kb/edit')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('helpdesk-kb')
})
