import type { Page } from '@playwright/test'
import { freePort } from '../console/support/real-servers.ts'
import { figure } from '../promises/figure.ts'
import { expect, test } from './support/dashboards.ts'
import { serveStrangePages } from './support/strange-pages.ts'

/** Names of one site, which browsers count as neighbours; Chromium finds them all on this machine. */
const SITE = 'cocoon.localhost'

/** From the neighbour of a VM, from another port of the very name, and from another site. */
const strangers = (port: number) => [
  `http://vm.${SITE}:${port}/`,
  `http://dashboard.${SITE}:${port}/`,
  `http://127.0.0.1:${port}/`,
]

interface Aim {
  base: string
  set: string
  vm: string
  setUid: string
  vmUid: string
}

/** Everything by which a page can make a browser ask for something; answers what could be read of it. */
function tryToAct(page: Page, aim: Aim) {
  return page.evaluate(async ({ base, set, vm, setUid, vmUid }) => {
    const suspend = `${base}/api/sets/${set}/suspend`
    const json = JSON.stringify({ uid: setUid })
    const requests: [string, RequestInit][] = []
    for (const mode of ['cors', 'no-cors'] as const) {
      for (const credentials of ['include', 'omit'] as const) {
        for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded', '']) {
          const headers: HeadersInit = type === '' ? {} : { 'content-type': type }
          requests.push([suspend, { method: 'POST', body: json, headers, mode, credentials }])
        }
        requests.push([
          `${base}/api/vms/${vm}/hibernate`,
          { method: 'POST', body: JSON.stringify({ uid: vmUid }), mode, credentials },
        ])
        requests.push([`${base}/api/fleet`, { mode, credentials }])
        requests.push([`${base}/api/sets/${set}`, { mode, credentials }])
        requests.push([
          base,
          {
            method: 'POST',
            body: '["$K1"]',
            headers: mode === 'cors' ? { 'next-action': 'a' } : {},
            mode,
            credentials,
          },
        ])
      }
    }
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      requests.push([`${base}/api/sets/${set}?uid=${setUid}`, { method, credentials: 'include' }])
      requests.push([`${base}/api/vms/${vm}?uid=${vmUid}`, { method, credentials: 'include' }])
    }
    const read: string[] = []
    for (const [url, init] of requests) {
      const text = await fetch(url, init).then(
        (response) => response.text(),
        () => '',
      )
      if (text !== '') read.push(`${init.method ?? 'GET'} ${url}: ${text.slice(0, 80)}`)
    }
    navigator.sendBeacon(suspend, json)
    navigator.sendBeacon(suspend, new Blob([json], { type: 'text/plain' }))

    /** Data as what a page may embed of anybody. */
    const embedded = [
      ['img', 'src', `${base}/api/vms/${vm}/screen?uid=${vmUid}&width=160`],
      ['img', 'src', `${base}/icon.svg`],
      ['script', 'src', `${base}/api/fleet`],
      ['link', 'href', `${base}/api/fleet`],
      ['video', 'src', `${base}/api/fleet/stream`],
    ] as const
    for (const [tag, attribute, url] of embedded) {
      const element = document.createElement(tag)
      if (element instanceof HTMLLinkElement) element.rel = 'stylesheet'
      const loaded = new Promise<boolean>((resolve) => {
        element.addEventListener('load', () => resolve(true))
        element.addEventListener('loadeddata', () => resolve(true))
        element.addEventListener('error', () => resolve(false))
      })
      element.setAttribute(attribute, url)
      document.body.append(element)
      if (await loaded) read.push(`<${tag} ${attribute}=${url}>`)
    }

    let forms = 0
    for (const enctype of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      for (const action of [suspend, `${base}/api/vms/${vm}/hibernate`, `${base}/api/bulk`, `${base}/`]) {
        const frame = document.createElement('iframe')
        frame.name = `frame-${forms}`
        const form = document.createElement('form')
        Object.assign(form, { action, enctype, method: 'post', target: frame.name })
        const field = document.createElement('input')
        // As text/plain this reads {"uid":"…","x":"="}.
        Object.assign(field, { name: `{"uid":"${setUid}","x":"`, value: '"}' })
        form.append(field)
        document.body.append(frame, form)
        const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))
        form.submit()
        await loaded
        forms += 1
      }
    }
    return { read, tried: requests.length + embedded.length + forms + 2 }
  }, aim)
}

/** The addresses that came into a frame, and what a window of the dashboard is to the page that opened it. */
async function tryToFrame(page: Page, paths: readonly string[], base: string) {
  const framed: string[] = []
  for (const path of paths) {
    for (const tag of ['iframe', 'object', 'embed'] as const) {
      await page.evaluate(
        async ({ url, tag: name }) => {
          document.body.replaceChildren()
          const element = document.createElement(name)
          element.setAttribute(name === 'object' ? 'data' : 'src', url)
          const over = new Promise((resolve) => {
            for (const event of ['load', 'error']) element.addEventListener(event, resolve)
          })
          document.body.append(element)
          await Promise.race([over, new Promise((resolve) => setTimeout(resolve, 400))])
        },
        { url: base + path, tag },
      )
      const shown = page.frames().filter((frame) => frame.url().startsWith(base))
      framed.push(...shown.map((frame) => `${tag} ${frame.url()}`))
    }
  }
  return framed
}

async function answerOf(url: string): Promise<unknown> {
  const response = await fetch(url)
  expect(response.status).toBe(200)
  return response.json()
}

test('C7, C8: a page elsewhere changes nothing, reads nothing and frames nothing', async ({
  context,
  page,
  complaints,
  ownDashboard,
}) => {
  test.setTimeout(180_000)
  // All of it is refused, which Chromium tells on the console of whoever tried.
  complaints.expect(/CORS|ERR_|frame|Failed to load|MIME|sandbox|Content Security Policy|X-Frame-Options/)
  const startedAt = performance.now()
  const elsewhere = await serveStrangePages()
  const PORT = String(await freePort())
  const base = `http://dashboard.${SITE}:${PORT}`
  const { url } = await ownDashboard({
    PORT,
    PUBLIC_ORIGIN: base,
    ALLOW_UNAUTHENTICATED: 'true',
    DEMO_WEATHER: 'off',
  })
  await context.addCookies([
    { name: 'cocoon-session', value: 'somebody', domain: `.${SITE}`, path: '/', sameSite: 'Lax' },
  ])
  try {
    const fleet = (await answerOf(`${url}/api/fleet`)) as {
      vms: { uid: string; namespace: string; name: string; phase: string; role: string }[]
      sets: { uid: string; namespace: string; name: string; phase: string }[]
    }
    const vm = fleet.vms.find(({ phase }) => phase === 'ready')
    const set = fleet.sets.find(({ phase }) => phase === 'Running')
    if (vm === undefined || set === undefined)
      throw new Error('the demo has no ready VM, or no set that runs')
    const aim: Aim = {
      base,
      set: `${set.namespace}/${set.name}`,
      vm: `${vm.namespace}/${vm.name}`,
      setUid: set.uid,
      vmUid: vm.uid,
    }
    const state = async () => {
      const { document } = (await answerOf(`${url}/api/sets/${aim.set}`)) as { document: { spec: unknown } }
      const { vm: now } = (await answerOf(`${url}/api/vms/${aim.vm}`)) as {
        vm: { uid: string; phase: string }
      }
      return { spec: document.spec, uid: now.uid, phase: now.phase }
    }
    const before = await state()
    const pages = [
      '/',
      '/sets/new',
      `/vms/${aim.vm}/console`,
      '/screens',
      '/no-such-page',
      '/healthz',
      '/api/openapi.json',
    ]
    const got: string[] = []
    const framed: string[] = []
    let tried = 0
    let frames = 0
    for (const stranger of strangers(elsewhere.port)) {
      await page.goto(stranger)
      const outcome = await tryToAct(page, aim)
      tried += outcome.tried
      got.push(...outcome.read.map((what) => `${stranger}: ${what}`))
      await page.goto(stranger)
      framed.push(...(await tryToFrame(page, pages, base)))
      frames += pages.length * 3
      // A window over which somebody else has power could be put under a second click.
      const opening = context.waitForEvent('page')
      await page.evaluate((at) => Object.assign(window, { opened: window.open(at, 'w', 'width=400') }), base)
      const popup = await opening
      await popup.waitForURL(`${base}/`)
      await expect(popup).toHaveTitle(/Fleet/)
      const severed = await page.evaluate(() => (window as unknown as { opened: Window }).opened.closed)
      if (!severed) framed.push(`${stranger} kept hold of its window`)
      expect(await popup.evaluate(() => window.opener as unknown)).toBeNull()
      await popup.close()
    }
    const after = await state()
    figure(
      'C7 browser',
      startedAt,
      `${tried} fetches, beacons, forms and embeddings by pages of 3 other origins in Chromium`,
      `${got.length} read`,
      `${JSON.stringify(after) === JSON.stringify(before) ? 0 : 1} objects changed`,
    )
    figure('C8 browser', startedAt, `${frames} frames of ${pages.length} answers`, `${framed.length} shown`)
    expect(got).toEqual([])
    expect(framed).toEqual([])
    expect(after).toEqual(before)
    // The same from the dashboard's own page is done.
    await page.goto(base)
    const done = await page.evaluate(
      async ({ vm: name, vmUid }) =>
        (
          await fetch(`/api/vms/${name}/hibernate`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ uid: vmUid }),
          })
        ).status,
      aim,
    )
    expect(done).toBe(200)
  } finally {
    elsewhere.close()
  }
})
