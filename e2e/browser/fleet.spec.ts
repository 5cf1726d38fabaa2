import { ANNOTATION_LIFECYCLE_STATE_MESSAGE } from '../../lib/cocoon/keys.ts'
import { addressOf, readPod } from './support/cluster.ts'
import { groupOf, namesOf, openFleet, rowOf, searchOf, TALL } from './support/fleet.ts'
import { expect, test } from './support/test.ts'

test.use({ viewport: TALL })

test('groups tell the phase of their set, what is ready, and one mark per VM', async ({ page }) => {
  await openFleet(page)
  const ledger = groupOf(page, 'ledger-close')
  await expect(ledger).toContainText('finance')
  await expect(ledger).toContainText('Running')
  await expect(ledger).toContainText('5/5 ready')
  await expect(ledger.getByRole('img', { name: '5 ready' })).toBeVisible()
  const matrix = groupOf(page, 'browser-matrix')
  await expect(matrix).toContainText('6/7 ready')
  await expect(matrix.getByRole('img', { name: '6 ready, 1 failed' })).toBeVisible()
  const intake = groupOf(page, 'invoice-intake')
  await expect(intake).toContainText('Suspended')
  await expect(intake).toContainText('0/4 ready')
  await expect(intake.getByRole('img', { name: '4 hibernated' })).toBeVisible()
  await expect(groupOf(page, 'installer-lab')).toContainText('Failed')
})

test('a row tells who a VM is, how it is, and where', { tag: '@cluster' }, async ({ page }) => {
  await openFleet(page)
  const fork = rowOf(page, 'ledger-close-2')
  await expect(fork.getByRole('rowheader')).toContainText('fork of 0')
  await expect(fork).toContainText('Ready')
  await expect(fork).toContainText('cocoon-b-01')
  await expect(fork).toContainText(`rdp ${await addressOf('finance/ledger-close-2')}`)
  await expect(fork).toContainText('win11-office:2026.3')
  const main = rowOf(page, 'installer-lab-0')
  await expect(main.getByRole('rowheader')).toContainText('main')
  await expect(main).toContainText('Failed')
  const { metadata } = await readPod('qa/installer-lab-0')
  await expect(main).toContainText(metadata?.annotations?.[ANNOTATION_LIFECYCLE_STATE_MESSAGE] ?? '?')
  await expect(rowOf(page, 'gpu-render-0')).toContainText('Scheduling')
  const toolbox = rowOf(page, 'ledger-close-excel')
  await expect(toolbox.getByRole('rowheader')).toContainText('toolbox')
  await expect(toolbox).toContainText(`vnc ${await addressOf('finance/ledger-close-excel')}:5900`)
  await expect(toolbox.getByRole('img', { name: /^Static/ })).toBeVisible()
})

test('bare VMs stand in a group of their own, and pods that are no VMs nowhere', async ({ page }) => {
  await openFleet(page)
  await expect(page.getByText('60 VMs in 12 sets')).toBeVisible()
  const names = await namesOf(page)
  expect(names[names.indexOf('sandbox-irene') - 1]).toBe('Without a set')
  expect(names[names.indexOf('notebook-omar') - 1]).toBe('Without a set')
  expect(names.filter((name) => /ingress-nginx|metrics-cache|invoice-web/.test(name))).toEqual([])
  await searchOf(page).fill('ingress-nginx')
  await expect(page.getByRole('heading', { name: 'No VM matches' })).toBeVisible()
})

test(
  'a cluster is called by its name, and is not called a demo when it came by a kubeconfig',
  { tag: '@cluster' },
  async ({ page }) => {
    await openFleet(page)
    const name = process.env.E2E_CLUSTER === 'original' ? 'cocoon-original' : 'cocoon-demo'
    await expect(page.getByRole('complementary', { name: 'Sidebar' })).toContainText(name)
    await expect(page.getByRole('button', { name: 'Demo cluster' })).toHaveCount(0)
  },
)
