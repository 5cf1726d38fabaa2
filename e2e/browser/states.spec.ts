import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { statusBody } from '../faulty-api/faults.ts'
import { agentPod, cocoonSet, vmNode } from '../faulty-api/fleet-objects.ts'
import type { World } from '../faulty-api/world.ts'
import { expect, test } from './support/dashboards.ts'
import { connectionOf, fleetOf, groupOf, openFleet, rowOf } from './support/fleet.ts'

/** As many refusals as a test could ever meet. */
const ALWAYS = 1_000_000

/** One set of three agents on one node. */
function smallFleet(world: World): void {
  world.put('nodes', vmNode(0))
  world.put('cocoonsets', cocoonSet(0, 2))
  for (const slot of [0, 1, 2]) world.put('pods', agentPod(0, slot))
}

test('before the first answer the page says that it waits, in the shape of what comes', async ({ page }) => {
  let answer = () => {}
  const held = new Promise<void>((resolve) => {
    answer = resolve
  })
  await page.route('**/api/fleet/stream', async (route) => {
    await held
    await route.continue()
  })
  await page.goto('/')
  await expect(page.getByText('Loading the fleet')).toBeAttached()
  await expect(connectionOf(page)).toHaveText('Connecting')
  await expect(fleetOf(page)).toHaveCount(0)
  answer()
  await expect(rowOf(page, 'android-smoke-0')).toBeVisible()
  await expect(connectionOf(page)).toHaveText('Live')
})

test('the embedded cluster is called what it is, with the way to a real one', async ({
  page,
  ownDashboard,
}) => {
  const { url } = await ownDashboard({ DEMO_SETS: '2', DEMO_VMS: '6', DEMO_WEATHER: 'off' })
  await openFleet(page, url)
  await page.getByRole('button', { name: 'Demo cluster' }).click()
  const card = page.getByRole('dialog', { name: 'This cluster is simulated' })
  await expect(card).toContainText('No VM here is real')
  await expect(card).toContainText('KUBECONFIG=')
})

test('a server that goes is named, what was seen stays, and its return is noticed', async ({
  page,
  complaints,
  ownDashboard,
}) => {
  complaints.expect(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET/)
  const env = { DEMO_SETS: '2', DEMO_VMS: '6', DEMO_WEATHER: 'off' }
  const first = await ownDashboard(env)
  await openFleet(page, first.url)
  await expect(connectionOf(page)).toHaveText('Live')
  await first.stop()

  await expect(connectionOf(page)).toHaveText('Disconnected')
  await expect(page.getByRole('main')).toContainText(/What you see is from \d{4}-\d\d-\d\d .* ago\./)
  await expect(rowOf(page, 'paper-reader-0')).toBeVisible()

  await ownDashboard({ ...env, PORT: new URL(first.url).port })
  await expect(connectionOf(page)).toHaveText('Live')
  await expect(page.getByText('What you see is from')).toHaveCount(0)
  await expect(rowOf(page, 'paper-reader-0')).toBeVisible()
})

test('a server that was never there says so instead of an empty fleet', async ({ page, complaints }) => {
  complaints.expect(/ERR_CONNECTION_REFUSED/)
  await page.route('**/api/fleet/stream', (route) => route.abort('connectionrefused'))
  await page.goto('/')
  await expect(page.getByRole('heading', { name: /server cannot be reached/ })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Load the page again' })).toBeVisible()
  await page.unroute('**/api/fleet/stream')
  await expect(rowOf(page, 'android-smoke-0')).toBeVisible()
})

test('an API that falls silent makes the page say since when, and dims what it shows', async ({
  page,
  faultyDashboard,
}) => {
  test.slow()
  const { url, api, world } = await faultyDashboard(smallFleet)
  await openFleet(page, url)
  await expect(connectionOf(page)).toHaveText('Live')
  api.faults.add(() => true, { kind: 'hang' }, ALWAYS)
  for (const watch of api.openWatches()) watch.deafen()
  const unheard: Pod = { ...agentPod(0, 1), status: { phase: 'Failed', message: 'nobody hears this' } }
  world.put('pods', unheard)

  const patience = { timeout: 40_000 }
  await expect(connectionOf(page)).toHaveText('Stale', patience)
  const main = page.getByRole('main')
  await expect(main).toContainText('Nothing heard from the API server')
  await expect(main).toContainText(/What you see is from \d{4}-\d\d-\d\d .* ago\./)
  await expect(rowOf(page, 'agents-0-1')).toContainText('Ready')
  const dimmed = fleetOf(page).locator('xpath=ancestor::*[@data-dimmed="true"]')
  await expect(dimmed).not.toHaveCSS('filter', 'none')

  api.faults.clear()
  await expect(connectionOf(page)).toHaveText('Live', patience)
  await expect(rowOf(page, 'agents-0-1')).toContainText('nobody hears this')
  await expect(dimmed).toHaveCount(0)
})

const forbidden = (what: string) =>
  ({
    kind: 'answer',
    status: 403,
    body: statusBody(403, 'Forbidden', `${what} is forbidden: User "dana" cannot list resource`),
  }) as const

test('without the right to read pods the page names the right and how to grant it, and shows sets', async ({
  page,
  faultyDashboard,
}) => {
  const dashboard = await faultyDashboard((_world, api) => {
    api.faults.add(({ resource }) => resource === 'pods', forbidden('pods'), ALWAYS)
  })
  await page.goto(dashboard.url)
  await expect(page.getByRole('heading', { name: /a right is missing/ })).toBeVisible()
  const main = page.getByRole('main')
  await expect(main).toContainText('list and watch pods')
  await expect(main).toContainText('cannot list resource')
  await expect(main).toContainText('--verb=get,list,watch --resource=pods')

  smallFleet(dashboard.world)
  await expect(groupOf(page, 'agents-0')).toBeVisible()
  await expect(page.getByText('VMs: a right is missing')).toBeVisible()
  await page.getByRole('button', { name: 'What to do' }).click()
  await expect(page.getByRole('dialog', { name: 'VMs: a right is missing' })).toContainText('--resource=pods')
})

test('without the right to read sets the VMs are shown, with what is missing', async ({
  page,
  faultyDashboard,
}) => {
  const { url } = await faultyDashboard((world, api) => {
    smallFleet(world)
    api.faults.add(({ resource }) => resource === 'cocoonsets', forbidden('cocoonsets'), ALWAYS)
  })
  await openFleet(page, url)
  await expect(rowOf(page, 'agents-0-0')).toContainText('Ready')
  await expect(page.getByText('CocoonSets: a right is missing')).toBeVisible()
  await page.getByRole('button', { name: 'What to do' }).click()
  await expect(page.getByRole('dialog', { name: 'CocoonSets: a right is missing' })).toContainText(
    '--resource=cocoonsets.cocoonset.cocoonstack.io',
  )
  await expect(connectionOf(page)).toHaveText('Live')
})

test('a cluster without Cocoon is told what to install', async ({ page, faultyDashboard }) => {
  const { url } = await faultyDashboard((_world, api) => {
    const missing = { kind: 'answer', status: 404, body: '404 page not found\n' } as const
    api.faults.add(({ resource }) => resource.startsWith('cocoon'), missing, ALWAYS)
  })
  await page.goto(url)
  await expect(page.getByRole('heading', { name: 'Cocoon is not installed in this cluster' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('cocoon-operator')
  await expect(page.getByRole('main')).toContainText('kubectl get crd')
})

test('an empty cluster says what would be here, and shows the first VM by itself', async ({
  page,
  faultyDashboard,
}) => {
  const { url, world } = await faultyDashboard(() => undefined)
  await page.goto(url)
  await expect(page.getByRole('heading', { name: 'No Cocoon VMs yet' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('kind: CocoonSet')
  smallFleet(world)
  await expect(rowOf(page, 'agents-0-0')).toBeVisible()
})
