import { expect, it } from 'vitest'
import { startDashboard } from '../../scripts/dashboard.ts'
import { rawUpgrade } from '../console/support/raw-upgrade.ts'
import { listenOn } from '../console/support/talk.ts'
import { figure } from './figure.ts'

it('D2 lets nobody be dialled by an upgrade that names somebody else (CVE-2026-44578)', async () => {
  const started = performance.now()
  const victim = await listenOn(() => {})
  const dashboard = await startDashboard({ DEMO_WEATHER: 'off', DEMO_VMS: '12', DEMO_SETS: '3' })
  const { port, host } = new URL(dashboard.url)
  // Next attaches what it has for upgrades with its first request.
  await fetch(dashboard.url)
  const there = `127.0.0.1:${victim.port}`
  const targets = [
    `http://${there}/`,
    `http://${there}/_next/hmr`,
    `ws://${there}/`,
    `//${there}/`,
    `/\\${there}/`,
    `/_next/../http://${there}/`,
    `/_next/image?url=http%3A%2F%2F${there}%2F&w=64&q=75`,
    '/_next/hmr',
    '/_next/webpack-hmr',
    '/_next/static/x',
    'http://169.254.169.254/latest/meta-data',
    '/',
  ]
  const statuses: number[] = []
  for (const target of targets) {
    for (const named of [host, there]) {
      for (const upgrade of ['websocket', 'h2c']) {
        const asked = { target, host: named, origin: dashboard.url, protocol: 'binary', upgrade }
        statuses.push(await rawUpgrade(Number(port), asked))
      }
    }
  }
  const { dials } = victim
  // The sensor itself works.
  await rawUpgrade(victim.port, { target: '/', host: there })
  const sensed = victim.dials - dials
  await dashboard.stop()
  await victim.close()
  figure('D2', started, `${statuses.length} upgrades that name another server`, `${dials} dials`)
  expect(statuses.filter((status) => status === 101 || status >= 500)).toEqual([])
  expect({ dials, sensed }).toEqual({ dials: 0, sensed: 1 })
})
