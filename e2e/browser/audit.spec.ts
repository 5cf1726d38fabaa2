import { readFile } from 'node:fs/promises'
import { barriers } from './support/barriers.ts'
import { untilPicture } from './support/consoles.ts'
import { panelOf, rowOf } from './support/fleet.ts'
import { expect, test } from './support/test.ts'
import { PAGE_MARK } from '../../lib/fleet/page-mark.ts'

test('who did it is named in the panel of the VM, on the audit page, and in its CSV', async ({ page }) => {
  await page.goto('/?q=set:ci-runner')
  const headers = { [PAGE_MARK.name]: PAGE_MARK.value }
  const fleet = (await (await page.request.get('/api/fleet', { headers })).json()) as {
    sets: { namespace: string; name: string; uid: string; replicas: number }[]
    vms: { namespace: string; name: string; uid: string }[]
  }
  const set = fleet.sets.find(({ name }) => name === 'ci-runner')
  const vm = fleet.vms.find(({ name }) => name === 'ci-runner-0')
  if (set === undefined || vm === undefined) throw new Error('the demo has no ci-runner')
  // Refused, so that the fleet stays as it is: the set was never this large.
  const scaled = await page.request.post(`/api/sets/${set.namespace}/${set.name}/scale`, {
    data: { uid: set.uid, replicas: set.replicas + 1, seen: set.replicas + 7 },
  })
  expect(scaled.status()).toBe(409)

  await page.goto('/')
  await page.getByRole('link', { name: 'Audit', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Audit', level: 1 })).toBeVisible()
  const refused = page.getByRole('row', { name: /Scale to .* sub-agents? ci-runner/ }).first()
  await expect(refused).toContainText('Somebody who did not sign in')
  await expect(refused).toContainText('conflict')
  expect(await barriers(page)).toEqual([])

  await page.getByRole('textbox', { name: 'Find in all of it' }).fill('scale ci-runner')
  await page.getByRole('combobox', { name: 'Result' }).selectOption('refused')
  await expect(page).toHaveURL(/q=scale\+ci-runner/)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as CSV' }).click(),
  ])
  const csv = await readFile(await download.path(), 'utf8')
  expect(csv).toMatch(/^at,since,count,who,/)
  expect(csv).toMatch(/,scale,CocoonSet,platform,ci-runner,/)

  await page.getByRole('textbox', { name: 'Find in all of it' }).fill('nobody ever did this')
  await expect(page.getByRole('heading', { name: 'Nothing fits these filters' })).toBeVisible()
  await page.getByRole('button', { name: 'Clear the filters' }).click()
  await expect(refused).toBeVisible()

  await refused.getByRole('link', { name: 'ci-runner' }).click()
  await expect(rowOf(page, 'ci-runner-0')).toBeVisible()
})

test('a console that was opened is told in the panel of its VM, with who', async ({ page }) => {
  await page.goto('/vms/qa/android-smoke-0/console')
  await untilPicture(page)
  await page.goto('/?vm=qa/android-smoke-0')
  const events = panelOf(page)
  await expect(events).toContainText('ConsoleOpened')
  await expect(events).toContainText('Somebody who did not sign in')
})

test('of more than one answer holds, the server looks for what is wanted in all of it', async ({ page }) => {
  const entry = (id: number) => ({
    id: `${id}`,
    at: '2026-01-02T03:04:05.000Z',
    since: '',
    count: 1,
    who: 'nora',
    means: 'token',
    action: 'wake',
    reason: 'WakeRequested',
    kind: 'Pod',
    namespace: 'qa',
    name: `web-${id}`,
    uid: '',
    result: 'done',
    code: '',
    detail: '',
    from: '',
    requestId: '',
    durationMs: 61_000,
    message: '',
  })
  const asked: string[] = []
  await page.route(/\/api\/audit/, async (route) => {
    const { searchParams } = new URL(route.request().url())
    asked.push(searchParams.toString())
    const wanted = searchParams.get('text') === 'web-2500' ? [entry(2500)] : []
    const answer = searchParams.has('text')
      ? { entries: wanted, found: wanted.length, next: null }
      : { entries: Array.from({ length: 1000 }, (_, id) => entry(id)), found: 3000, next: 'then 999' }
    const rest = { read: 3000, namespaces: null, more: false, asOf: '2026-01-02T03:04:06.000Z' }
    await route.fulfill({ json: { ...answer, ...rest } })
  })
  await page.goto('/audit')
  const counts = page.getByRole('main').getByRole('status').first()
  await expect(counts).toHaveText('the latest 1,000 of 3,000 deeds')
  const find = page.getByRole('textbox', { name: 'Find in all of it' })
  await find.fill('web-2500')
  const row = page.getByRole('row', { name: /Wake web-2500/ })
  await expect(row).toContainText('1 min')
  await expect(counts).toHaveText('1 of 3,000 deeds')
  await find.fill('web-9999')
  await expect(page.getByRole('heading', { name: 'Nothing fits these filters' })).toBeVisible()
  expect(asked).toEqual(['', 'text=web-2500', 'text=web-9999'])
})
