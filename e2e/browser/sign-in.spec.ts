import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { barriers } from './support/barriers.ts'
import { accountToken } from './support/cluster.ts'
import type { WhereTheClusterIs } from './support/cluster.ts'
import { expect, test } from './support/dashboards.ts'
import { connectionOf, fleetOf, groupOf, openFleet, panelOf, rowOf } from './support/fleet.ts'
import { clusterFileAt, kubeconfigAt, PORT } from './support/place.ts'

/** The small fleet of the embedded cluster, with everybody's teams in it. */
const DEMO = { DEMO_VMS: '40', DEMO_WEATHER: 'off', DEMO_SPEED: '20' }

const tokenField = (page: Page) => page.getByLabel('Bearer token')
const accountOf = (page: Page) => page.getByRole('button', { name: /^Account: / }).filter({ visible: true })
const signInButton = (page: Page) => page.getByRole('button', { name: 'Sign in', exact: true })
const namespacesOf = (page: Page) =>
  fleetOf(page)
    .getByRole('row', { level: 1 })
    .locator('.tag')
    .evaluateAll((tags) => [...new Set(tags.map((tag) => tag.textContent))].toSorted())

/** Everything that a page keeps, and that other pages or people could read. */
const keptBy = (page: Page) =>
  page.evaluate(() =>
    [location.href, document.documentElement.outerHTML, document.cookie]
      .concat(JSON.stringify(localStorage), JSON.stringify(sessionStorage))
      .concat([...document.querySelectorAll('textarea')].map(({ value }) => value))
      .join('\n'),
  )

test('one signs in with a token, by keyboard alone, and back to where one wanted to be', async ({
  page,
  context,
  complaints,
  ownDashboard,
}) => {
  complaints.expect(/401 \(Unauthorized\)/)
  const { token } = JSON.parse(readFileSync(clusterFileAt(PORT), 'utf8')) as WhereTheClusterIs
  const { url } = await ownDashboard({ CLUSTER: 'kube', KUBECONFIG: kubeconfigAt(PORT), AUTH_MODE: 'token' })

  await page.goto(`${url}/?q=ns:research`)
  await expect(page).toHaveURL(/\/sign-in\?to=%2F%3Fq%3Dns/)
  await expect(page.getByRole('main')).toContainText('kubectl create token NAME -n NAMESPACE')
  expect(await barriers(page)).toEqual([])

  await expect(tokenField(page)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main').getByRole('alert')).toHaveText('Paste a token first.')
  await page.keyboard.insertText('not-a-token-of-this-cluster')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main').getByRole('alert')).toContainText('does not accept this token')
  await expect(tokenField(page)).toBeFocused()
  expect(await barriers(page)).toEqual([])

  await page.keyboard.press('Control+A')
  await page.keyboard.insertText(`${token}\n`)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/\?q=ns:research$/)
  await expect(connectionOf(page)).toHaveText('Live')
  expect(await keptBy(page)).not.toContain(token)

  const other = await context.newPage()
  await openFleet(other, url)
  await accountOf(page).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toContainText('Your own token')
  expect(await barriers(page)).toEqual([])
  await page.getByRole('button', { name: 'Sign out' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'You are signed out' })).toBeVisible()
  await expect(other.getByRole('heading', { name: 'Your session is over' })).toBeVisible()
  for (const tab of [page, other]) await expect(fleetOf(tab)).toHaveCount(0)
  expect(await barriers(page)).toEqual([])

  await page.getByRole('link', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(/\/sign-in\?to=%2F%3Fq%3Dns/)
  await tokenField(page).fill(`Bearer ${token}`)
  await signInButton(page).click()
  await expect(connectionOf(page)).toHaveText('Live')
  await expect(fleetOf(other)).toBeVisible()
})

test('whoever may list nothing is told so, and what to ask for', async ({ page, ownDashboard }) => {
  const { url } = await ownDashboard({ CLUSTER: 'kube', KUBECONFIG: kubeconfigAt(PORT), AUTH_MODE: 'token' })
  await page.goto(url)
  await tokenField(page).fill(await accountToken('default/default'))
  await signInButton(page).click()
  await expect(page.getByRole('heading', { name: 'You may not list VMs in any namespace' })).toBeVisible()
  const main = page.getByRole('main')
  await expect(main).toContainText('--serviceaccount=default:default --namespace=NAMESPACE')
  await expect(main).not.toContainText('No Cocoon VMs yet')
  expect(await barriers(page)).toEqual([])
})

test('a viewer sees one team and why nothing can be done, and an administrator everything at once', async ({
  page,
  context,
  complaints,
  ownDashboard,
}) => {
  // Screens need a right that a viewer does not have.
  complaints.expect(/\/screen\?.*|403 \(Forbidden\)/)
  const { url } = await ownDashboard({ ...DEMO, AUTH_MODE: 'token' })
  await page.goto(url)
  await page.getByRole('button', { name: /^Vera, viewer of research/ }).click()
  await expect(page.getByText('You look as Vera, viewer of research.')).toBeVisible()
  await expect(groupOf(page, 'paper-reader')).toBeVisible()
  expect(await namespacesOf(page)).toEqual(['research'])

  const tab = await context.newPage()
  await openFleet(tab, url)
  expect(await namespacesOf(tab)).toEqual(['research'])

  await rowOf(page, 'paper-reader-0').click()
  const hibernate = panelOf(page).getByRole('button', { name: 'Hibernate', exact: true })
  await expect(hibernate).toHaveAttribute('aria-disabled', 'true')
  await expect(hibernate).toHaveAttribute('data-tip', 'You may not create cocoonhibernations in research.')
  await page.keyboard.press('Escape')

  await accountOf(page).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Ada, administrator/ })
    .click()
  for (const each of [page, tab]) {
    await expect(each.getByText('You look as Ada, administrator.')).toBeVisible()
    await expect(rowOf(each, 'android-smoke-0')).toBeVisible()
    expect((await namespacesOf(each)).length).toBeGreaterThan(2)
  }
})

test('where nobody signs in one looks as a user of the demo, and back', async ({
  page,
  complaints,
  ownDashboard,
}) => {
  complaints.expect(/\/screen\?.*|403 \(Forbidden\)/)
  await page.setViewportSize({ width: 390, height: 844 })
  const { url } = await ownDashboard(DEMO)
  await openFleet(page, url)
  await accountOf(page).click()
  await expect(page.getByRole('dialog', { name: 'Nobody signs in here' })).toBeVisible()
  expect(await barriers(page)).toEqual([])
  await page.getByRole('button', { name: /^Vera, viewer of research/ }).click()
  await expect(page.getByText('You look as Vera, viewer of research.')).toBeVisible()
  await expect.poll(() => namespacesOf(page)).toEqual(['research'])
  expect(await barriers(page)).toEqual([])
  await page.getByRole('button', { name: 'Stop looking as Vera' }).click()
  await expect(page.getByText('You look as Vera')).toHaveCount(0)
  await expect(fleetOf(page)).toBeVisible()
  await expect.poll(async () => (await namespacesOf(page)).length).toBeGreaterThan(1)
})

test('the last minutes of a session are told, and signing in again leads back to the same view', async ({
  page,
  complaints,
  ownDashboard,
}) => {
  complaints.expect(/401 \(Unauthorized\)/)
  const { url } = await ownDashboard({ ...DEMO, AUTH_MODE: 'token', SESSION_LONGEST_MINUTES: '5' })
  await page.goto(`${url}/?q=set:paper-reader&sort=-phase`)
  await page.getByRole('button', { name: /^Vera/ }).click()
  const notice = page.getByRole('region', { name: 'End of the session' })
  await expect(notice).toContainText(/Your session ends in \d+ (min|s)/)
  await notice.getByRole('button', { name: 'Stay signed in' }).click()
  await expect(notice).toContainText('It cannot be made longer.')
  await notice.getByRole('link', { name: 'Sign in again' }).click()
  await expect(page.getByText(/^You are signed in as vera@cocoon.demo/)).toBeVisible()
  await page.getByRole('button', { name: /^Fay/ }).click()
  await expect(connectionOf(page)).toHaveText('Live')
  const { searchParams } = new URL(page.url())
  expect([searchParams.get('q'), searchParams.get('sort')]).toEqual(['set:paper-reader', '-phase'])
})

test('a draft outlives the end of a session for whoever wrote it, and nobody else finds it', async ({
  page,
  context,
  complaints,
  ownDashboard,
}) => {
  complaints.expect(/401 \(Unauthorized\)/)
  const { url } = await ownDashboard({ ...DEMO, AUTH_MODE: 'token' })
  const comeInAs = (name: RegExp) => page.getByRole('button', { name }).click()
  const nameField = page.getByLabel('Name (required)', { exact: true }).first()
  await page.goto(`${url}/sets/new?namespace=qa`)
  await comeInAs(/^Omar/)
  await nameField.fill('half-written')
  await expect(page.getByRole('textbox', { name: 'The set as YAML' })).toContainText('half-written')

  const other = await context.newPage()
  await openFleet(other, url)
  await accountOf(other).click()
  await other.getByRole('button', { name: 'Sign out' }).click()
  await expect(other.getByText('Nothing of the fleet is kept on this page.')).toBeVisible()
  await expect(page.getByText('Whoever else signs in does not get them.')).toBeVisible()
  await page.getByRole('link', { name: 'Sign in' }).click()
  await comeInAs(/^Omar/)
  await expect(page.getByText('This is your draft from before')).toBeVisible()
  await expect(nameField).toHaveValue('half-written')

  await accountOf(page).click()
  await page.getByRole('dialog').getByRole('button', { name: /^Ada/ }).click()
  await expect(page.getByText('You look as Ada, administrator.')).toBeVisible()
  await expect(nameField).toHaveValue('')
  expect(await keptBy(page)).not.toContain('half-written')
})
