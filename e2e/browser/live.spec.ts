import type { BrowserContext, Page } from '@playwright/test'
import { annotatePod, scaleSet, wishFor } from './support/cluster.ts'
import { noteChangedRows } from './support/changed-rows.ts'
import { connectionOf, groupOf, openFleet, rowOf, TALL, tileOf } from './support/fleet.ts'
import { expect, test } from './support/test.ts'

/** Of a pod that belongs to no set: the one thing that neither operator nor node agent puts back. */
const IMAGE = 'cocoonset.cocoonstack.io/image'
const UBUNTU = 'ghcr.io/cocoonstack/images/ubuntu:24.04'
const JUPYTER = 'ghcr.io/cocoonstack/images/jupyter:2026.1'

test.use({ viewport: TALL })

// Also after a failure: the next test finds the fleet as it was.
test.afterEach(async () => {
  await annotatePod('platform/sandbox-irene', { [IMAGE]: UBUNTU })
  await annotatePod('research/notebook-omar', { [IMAGE]: JUPYTER })
  await scaleSet('platform/ci-runner', 5)
})

/** Counts the streams that the pages of a profile ask for. */
function countStreams(context: BrowserContext): () => number {
  let streams = 0
  context.on('request', (request) => {
    if (new URL(request.url()).pathname === '/api/fleet/stream') streams += 1
  })
  return () => streams
}

/** A small page, because ten of them are drawn on two cores. */
const ONE_VM = '/?q=name:notebook-omar'

async function openTab(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await openFleet(page, ONE_VM)
  return page
}

test('what the cluster says of a VM changes its row and no other', { tag: '@cluster' }, async ({ page }) => {
  await openFleet(page)
  const row = rowOf(page, 'sandbox-irene')
  await expect(row).toContainText('Ready')
  const changedRows = await noteChangedRows(page)

  await annotatePod('platform/sandbox-irene', { [IMAGE]: 'ubuntu:<b>25' })
  await expect(row).toContainText('ubuntu:<b>25')
  await annotatePod('platform/sandbox-irene', { [IMAGE]: UBUNTU })
  await expect(row).toContainText('ubuntu:24.04')

  expect(await changedRows()).toEqual(['sandbox-irene'])
})

test(
  'a VM that is asked to sleep sleeps in its row, its group and the tiles, and wakes again',
  { tag: '@cluster' },
  async ({ page }) => {
    await openFleet(page)
    await expect(tileOf(page, 'Hibernated')).toHaveAccessibleName(/6$/)
    const row = rowOf(page, 'android-smoke-4')
    const group = groupOf(page, 'android-smoke')
    await expect(group).toContainText('7/7 ready')
    const changedRows = await noteChangedRows(page)

    await wishFor('qa/android-smoke-4', 'Hibernate')
    await expect(row).toContainText('Hibernated')
    await expect(group).toContainText('6/7 ready')
    await expect(group).toContainText('Partly hibernated')
    await expect(tileOf(page, 'Hibernated')).toHaveAccessibleName(/7$/)

    await wishFor('qa/android-smoke-4', 'Wake')
    await expect(row).toContainText('Ready')
    await expect(group).toContainText('7/7 ready')
    await expect(tileOf(page, 'Hibernated')).toHaveAccessibleName(/6$/)

    expect(await changedRows()).toEqual(['android-smoke', 'android-smoke-4'])
  },
)

test('a set that grows and shrinks adds and removes rows', { tag: '@cluster' }, async ({ page }) => {
  await openFleet(page)
  await expect(rowOf(page, 'mac-signing-0')).toBeVisible()
  await expect(rowOf(page, 'ci-runner-6')).toHaveCount(0)

  await scaleSet('platform/ci-runner', 6)
  await expect(rowOf(page, 'ci-runner-6')).toContainText('Ready')
  await expect(groupOf(page, 'ci-runner')).toContainText('8/8 ready')
  await expect(page.getByText('61 VMs in 12 sets')).toBeVisible()

  await scaleSet('platform/ci-runner', 5)
  await expect(rowOf(page, 'ci-runner-6')).toHaveCount(0)
  await expect(groupOf(page, 'ci-runner')).toContainText('7/7 ready')
  await expect(page.getByText('60 VMs in 12 sets')).toBeVisible()
})

test('ten tabs share one stream, and the next tab leads when the leader goes', async ({ context, page }) => {
  const streams = countStreams(context)
  await openFleet(page, ONE_VM)
  const others: Page[] = []
  while (others.length < 9) others.push(await openTab(context))
  expect(streams()).toBe(1)

  await annotatePod('research/notebook-omar', { [IMAGE]: 'seen-by-all:1' })
  for (const tab of [page, ...others]) {
    await expect(rowOf(tab, 'notebook-omar')).toContainText('seen-by-all:1')
  }

  await page.close()
  await expect.poll(streams).toBe(2)
  await annotatePod('research/notebook-omar', { [IMAGE]: JUPYTER })
  for (const tab of others) {
    await expect(rowOf(tab, 'notebook-omar')).toContainText('jupyter:2026.1')
    await expect(connectionOf(tab)).toHaveText('Live')
  }
  expect(streams()).toBe(2)
})

test('two browsers have a stream each', async ({ context, page, openContext }) => {
  const streams = countStreams(context)
  const other = await openContext()
  const otherStreams = countStreams(other)
  await openFleet(page, ONE_VM)
  const otherPage = await openTab(other)
  await expect(connectionOf(page)).toHaveText('Live')
  await expect(connectionOf(otherPage)).toHaveText('Live')
  expect([streams(), otherStreams()]).toEqual([1, 1])
})
