import type { Page } from '@playwright/test'
import { CHROMIUM_FLAGS } from '../../scripts/chromium.ts'
import { freePort } from '../console/support/real-servers.ts'
import { BANNER, listenOn } from '../console/support/talk.ts'
import { figure } from '../promises/figure.ts'
import { adminToken } from './support/cluster.ts'
import { expect, test } from './support/dashboards.ts'
import { kubeconfigAt, PORT as HERE } from './support/place.ts'
import { forgetDesktops, showDesktops } from './support/static-desktops.ts'
import { serveStrangePages } from './support/strange-pages.ts'

/** Names that browsers do not trust, as those of loopback: over plain HTTP they add no Sec-Fetch-Site for them. */
const SITE = 'cocoon.example'
test.use({
  launchOptions: {
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [...CHROMIUM_FLAGS, `--host-resolver-rules=MAP *.${SITE} 127.0.0.1`],
  },
})

/** All by which a page makes a browser ask for data without being asked for leave; nothing of it can be read there. */
const lookAll = (page: Page, base: string, vm: string, uid: string) =>
  page.evaluate(
    async ({ dashboard, of, whose }) => {
      const screen = `${dashboard}/api/vms/${of}/screen?uid=${whose}&width=160`
      for (const url of [screen, `${dashboard}/api/fleet`]) {
        for (const tag of ['img', 'script', 'video'] as const) {
          const element = document.createElement(tag)
          const over = new Promise((resolve) => {
            for (const event of ['load', 'error', 'loadeddata']) element.addEventListener(event, resolve)
          })
          element.src = url
          document.body.append(element)
          await over
        }
        await fetch(url, { mode: 'no-cors', credentials: 'include' }).catch(() => null)
      }
    },
    { dashboard: base, of: vm, whose: uid },
  )

/** How often the dashboard answered these routes, by status; a neighbour's page is not told. */
async function answersOf(metricsPort: string, routes: readonly string[]): Promise<Record<string, number>> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
  const counts: Record<string, number> = {}
  for (const [, route = '', status = '', count = ''] of text.matchAll(
    /^cocoon_http_requests_total\{route="([^"]*)",method="GET",status="(\d+)"\} (\d+)$/gm,
  )) {
    if (routes.includes(route)) counts[status] = (counts[status] ?? 0) + Number(count)
  }
  return counts
}

/** Signs in where that is asked for, as our own page does, and answers the uid of the VM. */
const uidFor = (page: Page, vm: string, token: string) =>
  page.evaluate(
    async ({ of, body }) => {
      const headers = { 'content-type': 'application/json', 'x-requested-with': 'cocoon' }
      if (body !== '') await fetch('/api/session', { method: 'POST', headers, body })
      const answer = await fetch(`/api/vms/${of}`, { headers })
      return ((await answer.json()) as { vm?: { uid: string } }).vm?.uid ?? ''
    },
    { of: vm, body: token && JSON.stringify({ token }) },
  )

/** The heads of all that the browser sends to a host for a page, as they go out, by names in lower case. */
async function headsSentTo(host: string, page: Page): Promise<Record<string, string>[]> {
  const heads: Record<string, string>[] = []
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  devtools.on('Network.requestWillBeSentExtraInfo', ({ headers }) => {
    const head = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    )
    if (head.host === host) heads.push(head)
  })
  return heads
}

for (const mode of ['token', 'none'] as const) {
  test(`over plain HTTP a neighbour’s page takes no picture of a screen (AUTH_MODE=${mode})`, async ({
    page,
    complaints,
    ownDashboard,
  }) => {
    test.setTimeout(120_000)
    const set = `plain-http-${mode}`
    const vm = `qa/${set}-desk`
    complaints.expect(/403|404|ERR_|MIME|Cross-Origin-Opener-Policy header has been ignored/)
    const startedAt = performance.now()
    const target = await listenOn((socket) => void socket.write(BANNER))
    const elsewhere = await serveStrangePages()
    const PORT = String(await freePort())
    const METRICS_PORT = String(await freePort())
    const own = `http://dashboard.${SITE}:${PORT}`
    await showDesktops(set, [{ name: 'desk', port: target.port }])
    await ownDashboard({
      CLUSTER: 'kube',
      KUBECONFIG: kubeconfigAt(HERE),
      PORT,
      METRICS_PORT,
      AUTH_MODE: mode,
      PUBLIC_ORIGIN: own,
      ALLOW_UNAUTHENTICATED: String(mode === 'none'),
      CONSOLE_ALLOWED_CIDRS: '127.0.0.0/8',
      CONSOLE_ALLOWED_PORTS: `${target.port}-${target.port}`,
    })
    try {
      await page.goto(`${own}/healthz`)
      expect(await page.evaluate(() => isSecureContext)).toBe(false)
      let uid = ''
      await expect
        .poll(async () => (uid = await uidFor(page, vm, mode === 'token' ? adminToken() : '')))
        .not.toBe('')
      const sent = await headsSentTo(new URL(own).host, page)
      await page.goto(`http://vm.${SITE}:${elsewhere.port}/`)
      await lookAll(page, own, vm, uid)
      const heads = [...sent]
      const answers = await answersOf(METRICS_PORT, ['/api/fleet', '/api/vms/[namespace]/[name]/screen'])
      figure(
        'C7 plain HTTP',
        startedAt,
        `${heads.length} pictures, scripts, films and fetches by a page of a sibling name in Chromium`,
        `${Object.keys(answers).filter((status) => status !== '403').length} not refused`,
        `${target.dials} screens dialled`,
      )
      expect(heads.length).toBeGreaterThanOrEqual(8)
      // Nothing but the mark that it lacks tells it from one of ours.
      expect(new Set(heads.map((head) => head['sec-fetch-site']))).toEqual(new Set([undefined]))
      expect(new Set(heads.map((head) => 'cookie' in head))).toEqual(new Set([mode === 'token']))
      expect(answers).toEqual({ 403: heads.length })
      expect(target.dials).toBe(0)

      // The dashboard's own page is told all it asks for, and looks at the screen.
      await page.goto(`${own}/screens?q=set:${set}`)
      await expect(page.getByRole('link', { name: `Console of ${set}-desk` })).toBeVisible()
      await expect.poll(() => target.dials).toBeGreaterThan(0)
    } finally {
      await forgetDesktops(set)
      elsewhere.close()
      await target.close()
    }
  })
}
