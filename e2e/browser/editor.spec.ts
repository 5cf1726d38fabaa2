import type { Locator, Page } from '@playwright/test'
import { barriers } from './support/barriers.ts'
import { createSet, dropSet, patchSet, readSet } from './support/cluster.ts'
import { groupOf, rowOf } from './support/fleet.ts'
import { expect, test } from './support/test.ts'

/** A set that only these tests touch, named after the test that makes it. */
const inLab = (name: string) => `research/${name}`

const yamlOf = (page: Page): Locator => page.getByRole('textbox', { name: 'The set as YAML' })
const fieldOf = (page: Page, label: string): Locator => page.getByLabel(label, { exact: true }).first()
const dialogOf = (page: Page, title: string): Locator => page.getByRole('dialog', { name: title })

async function openEditor(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await expect(yamlOf(page)).toContainText('kind: CocoonSet')
}

/** Puts the cursor at the end of the line with this text, and types. */
async function typeAfter(page: Page, line: string, typed: string): Promise<void> {
  await yamlOf(page).getByText(line).click()
  await page.keyboard.press('End')
  await page.keyboard.type(typed)
}

async function fillNew(page: Page, name: string): Promise<void> {
  await openEditor(page, '/sets/new?namespace=research')
  await fieldOf(page, 'Name (required)').fill(name)
  await fieldOf(page, 'Image (required)').fill('ubuntu:24.04')
  await fieldOf(page, 'Mode').selectOption('run')
}

test(
  'a set is made by the form, its comments stay, and the fleet shows it',
  { tag: '@cluster' },
  async ({ page }) => {
    const name = 'made-by-form'
    try {
      await page.goto('/')
      await page.getByRole('link', { name: 'New set' }).click()
      await fillNew(page, name)
      await typeAfter(page, 'image: ubuntu:24.04', ' # the long-term one')
      await fieldOf(page, 'Sub-agents').fill('1')
      await expect(yamlOf(page)).toContainText('image: ubuntu:24.04 # the long-term one')
      await expect(yamlOf(page)).toContainText('replicas: 1')
      expect(await barriers(page)).toEqual([])
      await page.getByRole('button', { name: 'Review and create…' }).click()
      const review = dialogOf(page, `Create set research/${name}?`)
      await expect(review).toContainText('would be accepted')
      await expect(review.getByRole('region', { name: /^Changes of/ })).toContainText('replicas: 1')
      expect(await barriers(page)).toEqual([])
      await review.getByRole('button', { name: 'Create set' }).click()
      await expect(page).toHaveURL(/\?q=/)
      await expect(groupOf(page, name)).toBeVisible()
      await expect(rowOf(page, `${name}-1`)).toContainText('Ready')
      expect((await readSet(inLab(name))).spec?.agent).toMatchObject({ mode: 'run', replicas: 1 })
    } finally {
      await dropSet(inLab(name))
    }
  },
)

test(
  'what is wrong is said at its field, by schema and by admission, and mended in either',
  { tag: '@cluster' },
  async ({ page }) => {
    await fillNew(page, 'never-made')
    const memory = fieldOf(page, 'Memory limit')
    await memory.fill('4 GB')
    await expect(memory).toHaveAttribute('aria-invalid', 'true')
    await expect(memory).toHaveAccessibleDescription(/Is not an amount/)
    await fieldOf(page, 'Mode').selectOption('clone')
    await fieldOf(page, 'Image (required)').fill('https://example.com/disk.img')
    await expect(fieldOf(page, 'Image (required)')).toHaveAccessibleDescription(
      /relative repo\[:tag\] to clone from/,
    )
    await page.getByRole('button', { name: 'Review and create…' }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(fieldOf(page, 'Image (required)')).toBeFocused()

    await typeAfter(page, 'mode: clone', '\nunknown: 1')
    await expect(page.getByRole('list', { name: 'Only in the YAML' })).toContainText(
      'spec.agent.unknown is not a field of spec.agent',
    )
    await typeAfter(page, 'unknown: 1', '\nbroken')
    await expect(page.getByRole('alert').filter({ hasText: 'The YAML cannot be read' })).toBeVisible()
    await expect(memory).toBeDisabled()
    await expect(memory).toHaveValue('4 GB')
    for (let back = 0; back < 'broken'.length; back += 1) await page.keyboard.press('Backspace')
    await expect(memory).toBeEnabled()
  },
)

test(
  'the draft outlives a reload, and a link asks before it is left',
  { tag: '@cluster' },
  async ({ page }) => {
    await fillNew(page, 'draft-only')
    page.once('dialog', (dialog) => void dialog.accept())
    await page.reload()
    await expect(page.getByText('This is your draft from before')).toBeVisible()
    await expect(fieldOf(page, 'Name (required)')).toHaveValue('draft-only')
    await page
      .getByRole('complementary', { name: 'Sidebar' })
      .getByRole('link', { name: /^Fleet/ })
      .click()
    const leave = dialogOf(page, 'Leave with unsaved changes?')
    await leave.getByRole('button', { name: 'Stay' }).click()
    await expect(fieldOf(page, 'Name (required)')).toHaveValue('draft-only')
    await page.getByRole('button', { name: 'Discard changes' }).click()
    await expect(fieldOf(page, 'Name (required)')).toHaveValue('')
    await page
      .getByRole('complementary', { name: 'Sidebar' })
      .getByRole('link', { name: /^Fleet/ })
      .click()
    await expect(page.getByRole('heading', { name: 'Fleet' })).toBeVisible()
  },
)

test('form and YAML share the width as somebody drags, or says by keys, and it stays so', async ({
  page,
}) => {
  await openEditor(page, '/sets/new?namespace=research')
  const grip = page.getByRole('separator', { name: 'Width of the form' })
  await expect(grip).toHaveAttribute('aria-valuenow', '50')
  await grip.focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expect(grip).toHaveAttribute('aria-valuenow', '40')
  await page.keyboard.press('Home')
  await expect(grip).toHaveAttribute('aria-valuenow', '25')
  const left = (await grip.boundingBox())?.x ?? 0
  await page.keyboard.press('End')
  await expect.poll(async () => (await grip.boundingBox())?.x).toBeGreaterThan(left)
  const { x = 0, y = 0, height = 0 } = (await grip.boundingBox()) ?? {}
  await page.mouse.move(x + 8, y + height / 2)
  await page.mouse.down()
  await page.mouse.move(x - 200, y + height / 2, { steps: 4 })
  await page.mouse.up()
  await expect(grip).not.toHaveAttribute('aria-valuenow', '75')
  const dragged = (await grip.getAttribute('aria-valuenow')) ?? ''
  await page.reload()
  await expect(grip).toHaveAttribute('aria-valuenow', dragged)
})

test(
  'a set is cloned, and an edit of the clone names the VMs that it recreates and asks for the name',
  { tag: '@cluster' },
  async ({ page }) => {
    const name = 'helpdesk-kb-copy'
    try {
      await openEditor(page, '/sets/new?from=support/helpdesk-kb&namespace=research')
      await expect(fieldOf(page, 'Name (required)')).toHaveValue(name)
      await fieldOf(page, 'Sub-agents').fill('0')
      await page.getByRole('button', { name: 'Review and create…' }).click()
      await dialogOf(page, `Create set research/${name}?`).getByRole('button', { name: 'Create set' }).click()
      await expect(rowOf(page, `${name}-0`)).toContainText('Ready')

      await openEditor(page, `/sets/research/${name}/edit`)
      await expect(fieldOf(page, 'Name (required)')).toBeDisabled()
      await fieldOf(page, 'Probe port').fill('22')
      await page.getByRole('button', { name: 'Review and save…' }).click()
      const review = dialogOf(page, `Save set research/${name}?`)
      await expect(review).toContainText(`These VMs will be recreated: ${name}-0, because probePort changes.`)
      await expect(review).toContainText('loses its memory and disk')
      await expect(review.getByRole('region', { name: /^Changes of/ })).toContainText('probePort: 22')
      const save = review.getByRole('button', { name: 'Save changes' })
      await expect(save).toHaveAttribute('aria-disabled', 'true')
      await review.getByRole('textbox').fill(name)
      await save.click()
      await expect(page).toHaveURL(/\?q=/)
      expect((await readSet(inLab(name))).spec?.agent?.probePort).toBe(22)
    } finally {
      await dropSet(inLab(name))
    }
  },
)

test(
  'somebody else’s change is told with its writer, and taken in without losing the edit',
  { tag: '@cluster' },
  async ({ page, complaints }) => {
    complaints.expect(/409 .*\/api\/sets\/research\/editor-shared/)
    // Of a set that is older than its cluster's API server, as those of a backup, no record tells the writers.
    const name = 'editor-shared'
    const set = inLab(name)
    await createSet(set, 'ubuntu:24.04')
    try {
      await openEditor(page, `/sets/${set}/edit`)
      await typeAfter(page, 'kind: CocoonSet', ' # mine')
      await fieldOf(page, 'Annotations').getByLabel('Name of a new annotation').fill('note')
      await fieldOf(page, 'Annotations').getByLabel('Value of a new annotation').fill('from the editor')
      await page.getByRole('button', { name: 'Add annotation' }).click()
      await patchSet(set, { spec: { agent: { forcePull: false } } })
      await expect(page.getByText(`Somebody changed set ${name} since`)).toBeVisible()
      await page.getByRole('button', { name: 'Review and save…' }).click()
      const review = dialogOf(page, `Save set ${set}?`)
      await expect(review.getByRole('alert')).toContainText('browser-tests')
      await review.getByRole('button', { name: 'Bring in the newer version' }).click()
      await expect(page.getByRole('region', { name: 'Newer version' })).toContainText(
        'Taken over: spec.agent.forcePull.',
      )
      await expect(yamlOf(page)).toContainText('kind: CocoonSet # mine')
      await expect(yamlOf(page)).toContainText('note: from the editor')
      await expect(yamlOf(page)).toContainText('forcePull: false')
      await page.getByRole('button', { name: 'Review and save…' }).click()
      await dialogOf(page, `Save set ${set}?`).getByRole('button', { name: 'Save changes' }).click()
      await expect(page).toHaveURL(/\?q=/)
      expect((await readSet(set)).metadata?.annotations).toMatchObject({ note: 'from the editor' })
    } finally {
      await dropSet(set)
    }
  },
)
