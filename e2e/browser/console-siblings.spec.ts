import type { Page } from '@playwright/test'
import { freePort } from '../console/support/real-servers.ts'
import { BANNER, listenOn } from '../console/support/talk.ts'
import { figure } from '../promises/figure.ts'
import { expect, test } from './support/dashboards.ts'
import { kubeconfigAt, PORT as HERE } from './support/place.ts'
import { serveStrangePages } from './support/strange-pages.ts'
import { forgetDesktops, showDesktops } from './support/static-desktops.ts'

/**
 * Names of one site, which browsers count as neighbours: cookies go from one to the other, SameSite or not. Chromium
 * finds them all on this machine, and trusts them as it trusts https.
 */
const SITE = 'cocoon.localhost'

const KUBECONFIG = kubeconfigAt(HERE)
const SET = 'neighbours'
const VM = { namespace: 'qa', name: `${SET}-desk` }

/** What a page gets of the dashboard at `base`: by fetches of every kind, and by WebSockets. */
async function tryAll(page: Page, base: string, uid: string, protocols: readonly string[][]) {
  return page.evaluate(
    async ({ base: dashboard, uid: whose, offers, namespace, name }) => {
      const at = `${dashboard}/api/vms/${namespace}/${name}`
      const body = JSON.stringify({ uid: whose, kind: 'vnc' })
      const requests: [string, RequestInit][] = []
      for (const credentials of ['include', 'omit'] as const) {
        for (const mode of ['cors', 'no-cors'] as const) {
          for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
            requests.push([
              `${at}/console`,
              { method: 'POST', body, credentials, mode, headers: { 'content-type': type } },
            ])
          }
          requests.push([`${at}/screen?uid=${whose}&width=160`, { credentials, mode }])
          requests.push([`${at}/viewers?uid=${whose}`, { credentials, mode }])
          requests.push([`${at}/vnc`, { credentials, mode }])
        }
      }
      const read: string[] = []
      for (const [url, init] of requests) {
        const text = await fetch(url, init).then(
          (response) => response.text(),
          () => '',
        )
        if (text !== '') read.push(`${init.method ?? 'GET'} ${url}: ${text.slice(0, 80)}`)
      }
      // Few: Chromium makes who fails often wait longer each time.
      const opened: string[] = []
      for (const offer of offers) {
        const socket = new WebSocket(`${at.replace(/^http/, 'ws')}/vnc`, offer)
        const open = await new Promise<boolean>((resolve) => {
          socket.addEventListener('open', () => resolve(true))
          socket.addEventListener('error', () => resolve(false))
        })
        socket.close()
        if (open) opened.push(offer.join())
      }
      return { read, opened, tried: requests.length + offers.length }
    },
    { base, uid, offers: protocols.map((each) => [...each]), ...VM },
  )
}

/** Whether a page of the dashboard itself opens the console by a ticket. */
const opens = (page: Page, offer: readonly string[]) =>
  page.evaluate(
    ({ namespace, name, protocols }) => {
      const socket = new WebSocket(`/api/vms/${namespace}/${name}/vnc`, protocols)
      return new Promise<boolean>((resolve) => {
        socket.addEventListener('message', () => resolve(true))
        socket.addEventListener('close', () => resolve(false))
      })
    },
    { ...VM, protocols: [...offer] },
  )

test('D1: a page of a sibling name reads nothing and opens no console, even with a ticket', async ({
  context,
  page,
  complaints,
  ownDashboard,
}) => {
  test.setTimeout(120_000)
  complaints.expect(/CORS|ERR_FAILED|WebSocket connection|ERR_BLOCKED|403|401|404|405|415|426/)
  const startedAt = performance.now()
  const target = await listenOn((socket) => void socket.write(BANNER))
  const elsewhere = await serveStrangePages()
  const PORT = String(await freePort())
  const own = `http://dashboard.${SITE}:${PORT}`
  const dashboard = await ownDashboard({
    CLUSTER: 'kube',
    KUBECONFIG,
    PORT,
    PUBLIC_ORIGIN: own,
    ALLOW_UNAUTHENTICATED: 'true',
    CONSOLE_ALLOWED_CIDRS: '127.0.0.0/8',
    CONSOLE_ALLOWED_PORTS: `${target.port}-${target.port}`,
  })
  await showDesktops(SET, [{ name: 'desk', port: target.port }])
  try {
    const ask = async () => {
      const { uid } = await vmUid(dashboard.url)
      const response = await fetch(`${dashboard.url}/api/vms/${VM.namespace}/${VM.name}/console`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ uid, kind: 'vnc' }),
      })
      return { uid, status: response.status, body: (await response.json()) as { protocols: string[] } }
    }
    await expect.poll(async () => (await ask()).status).toBe(200)
    await context.addCookies([
      { name: 'cocoon-session', value: 'somebody', domain: `.${SITE}`, path: '/', sameSite: 'Strict' },
    ])
    const { uid } = await ask()
    let tried = 0
    const got: string[] = []
    for (const name of [`evil.${SITE}`, `dashboard.evil.${SITE}`, `dashboard.${SITE}`]) {
      // Tickets of this very moment, as if they had leaked.
      const tickets = [(await ask()).body.protocols, ['binary']]
      await page.goto(`http://${name}:${elsewhere.port}/`)
      const outcome = await tryAll(page, own, uid, tickets)
      tried += outcome.tried
      got.push(...outcome.read, ...outcome.opened)
    }
    const { dials, heard } = target
    // The same from the dashboard's own page opens, so that the refusals are not for another reason.
    await page.goto(`${own}/readyz`)
    const good = await opens(page, (await ask()).body.protocols)
    figure(
      'D1',
      startedAt,
      `${tried} fetches and upgrades by pages of sibling names in Chromium`,
      `${got.length} answered or opened`,
      `${dials} dials and ${heard.length} bytes at the target`,
    )
    expect(got).toEqual([])
    expect({ dials, bytes: heard.length }).toEqual({ dials: 0, bytes: 0 })
    expect(good).toBe(true)
  } finally {
    await forgetDesktops(SET)
    elsewhere.close()
    await target.close()
  }
})

async function vmUid(dashboard: string): Promise<{ uid: string }> {
  const response = await fetch(`${dashboard}/api/vms/${VM.namespace}/${VM.name}`)
  const { vm } = (await response.json()) as { vm?: { uid: string } }
  return { uid: vm?.uid ?? '' }
}
