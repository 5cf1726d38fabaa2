import type { FleetDocument } from '../../lib/fleet/wire.ts'
import type { Page } from '@playwright/test'
import { expect, test } from './support/dashboards.ts'
import { fleetOf, openFleet, searchOf } from './support/fleet.ts'

const MOST_ROWS = 100

/** What the server itself says at this moment. */
async function fleetAt(url: string): Promise<FleetDocument> {
  const response = await fetch(`${url}/api/fleet`)
  return (await response.json()) as FleetDocument
}

/** The numbers beside the title: "2,000 VMs in 200 sets", or "180 of 2,000 VMs". */
async function countsIn(page: Page): Promise<number[]> {
  const words = await page.getByText(/^[\d,]+ (VMs in|of) [\d,]+ (sets|VMs)$/).textContent()
  return [...(words ?? '').matchAll(/[\d,]+/g)].map(([digits]) => Number(digits.replaceAll(',', '')))
}

const rowsIn = (page: Page) => fleetOf(page).getByRole('row').count()

test('two thousand VMs in a storm scroll, are counted and are found', async ({ page, ownDashboard }) => {
  test.slow()
  const size = { DEMO_VMS: '2000', DEMO_SETS: '200', DEMO_NODES: '20' }
  const { url } = await ownDashboard({ ...size, DEMO_WEATHER: 'high' })
  await openFleet(page, url)

  // The storm adds and takes away: both sides are asked until they agree.
  await expect(async () => {
    const { vms, sets } = await fleetAt(url)
    expect(await countsIn(page)).toEqual([vms.length, sets.length])
    expect(vms.length).toBeGreaterThan(1_900)
  }).toPass()

  const rows: number[] = []
  const table = fleetOf(page)
  await table.hover()
  const atEnd = () => table.evaluate((box) => box.scrollTop + box.clientHeight >= box.scrollHeight - 2)
  while (!(await atEnd())) {
    await page.mouse.wheel(0, 9_000)
    rows.push(await rowsIn(page))
  }
  while ((await table.evaluate((box) => box.scrollTop)) > 0) {
    await page.mouse.wheel(0, -18_000)
    rows.push(await rowsIn(page))
  }
  expect(rows.length).toBeGreaterThan(5)
  expect(Math.max(...rows)).toBeLessThan(MOST_ROWS)

  const first = table.getByRole('row', { level: 1 }).first()
  await first.click()
  await page.keyboard.press('End')
  await expect(async () => {
    const last = Number(await table.getAttribute('aria-rowcount'))
    const focused = page.locator(':focus')
    expect(Number(await focused.getAttribute('aria-rowindex'))).toBeGreaterThan(last - 20)
    await expect(focused).toBeInViewport()
  }).toPass()
  await page.keyboard.press('Home')
  await expect(first).toBeFocused()

  await searchOf(page).fill('ns:legal ')
  await expect(async () => {
    const { vms } = await fleetAt(url)
    const legal = vms.filter(({ namespace }) => namespace === 'legal').length
    expect(legal).toBeGreaterThan(20)
    expect(await countsIn(page)).toEqual([legal, vms.length])
  }).toPass()
})
