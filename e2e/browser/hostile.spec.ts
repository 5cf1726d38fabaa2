import type { CocoonSet } from '../../lib/cocoon/crd.ts'
import * as keys from '../../lib/cocoon/keys.ts'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import type { World } from '../faulty-api/world.ts'
import { agentPod, cocoonSet, vmNode } from '../faulty-api/fleet-objects.ts'
import { expect, test } from './support/dashboards.ts'
import { fleetOf, openFleet, panelOf, rowOf } from './support/fleet.ts'

declare global {
  interface Window {
    xss?: string
  }
}

const IMAGE = '<img src=x onerror="window.xss=`image`">'
const SCRIPT = '</script><script>window.xss="script"</script>'
const LINK = 'javascript:window.xss=1'
const OVERRIDE = '\u202Egnp.exe\u202C\u2066\u200F'
const HUGE = 'W'.repeat(10_000)

/** Everything that strangers may write on an object says something bad. */
function hostileFleet(world: World): void {
  world.put('nodes', vmNode(0))
  const set = cocoonSet(0, 2)
  const condition = { type: IMAGE, status: SCRIPT, reason: LINK, message: `${IMAGE}${HUGE}` }
  const shown: CocoonSet = { ...set, status: { ...set.status, phase: IMAGE, conditions: [condition] } }
  world.put('cocoonsets', shown)
  world.put('pods', agentPod(0, 0))
  for (const [slot, bad] of [IMAGE, OVERRIDE].entries()) {
    const pod = agentPod(0, slot + 1)
    const worse: Pod = {
      ...pod,
      metadata: {
        ...pod.metadata,
        annotations: {
          ...pod.metadata?.annotations,
          [keys.ANNOTATION_IMAGE]: `registry.example/${bad}/${SCRIPT}:${LINK}`,
          [keys.ANNOTATION_VM_NAME]: `${bad}${HUGE}`,
          [keys.ANNOTATION_VM_ID]: SCRIPT,
          [keys.ANNOTATION_IP]: LINK,
          [keys.ANNOTATION_OS]: IMAGE,
          [keys.ANNOTATION_BACKEND]: LINK,
          [keys.ANNOTATION_FORK_FROM]: `${bad}${SCRIPT}`,
          [keys.ANNOTATION_CONN_TYPE]: LINK,
          [keys.ANNOTATION_NETWORK]: HUGE,
          [keys.ANNOTATION_LIFECYCLE_STATE]: 'failed',
          [keys.ANNOTATION_LIFECYCLE_STATE_MESSAGE]: `${bad} ${SCRIPT} ${HUGE}`,
          'vm.cocoonstack.io/post-clone-hint': Buffer.from(`${bad}\n${SCRIPT}`).toString('base64'),
        },
      },
      spec: { ...pod.spec, nodeName: `${bad}${LINK}` },
      status: { phase: 'Pending', podIP: IMAGE, message: SCRIPT },
    }
    world.put('pods', worse)
  }
  // A name that no API server would accept, which is no reason to believe it.
  const named = agentPod(1, 0)
  world.put('pods', { ...named, metadata: { ...named.metadata, name: `${IMAGE}${LINK}`, namespace: SCRIPT } })
}

// A panel that slides in is beyond the edge for a moment.
test.use({ contextOptions: { reducedMotion: 'reduce' } })

test('whatever objects say is text: nothing runs, nothing breaks the page', async ({
  page,
  complaints,
  faultyDashboard,
}) => {
  // This API server has no pods to read one by one and reviews nobody's rights, and says so.
  complaints.expect(/status of (404|422|502).*\/api\/(vms\/|rights)/)
  const { url } = await faultyDashboard(hostileFleet)
  await openFleet(page, `${url}/?cols=name,phase,node,reach,image,os,backend,fork,vmName,namespace`)
  const intact = async () => {
    expect(await page.evaluate(() => window.xss)).toBeUndefined()
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(wide, 'pixels that the page is too wide').toBeLessThanOrEqual(0)
    await expect(fleetOf(page).locator('img, script, iframe, a[href^=javascript]')).toHaveCount(0)
  }

  const row = rowOf(page, 'agents-0-1')
  await expect(row).toContainText(IMAGE)
  await expect(row).toContainText('Failed')
  await expect(fleetOf(page)).toContainText(SCRIPT)
  await intact()

  for (const name of ['agents-0-1', 'agents-0-2', `${IMAGE}${LINK}`]) {
    await rowOf(page, name).click()
    await expect(panelOf(page).getByRole('heading', { level: 2 })).toContainText(name)
    await expect(panelOf(page)).toContainText('What')
    const box = await panelOf(page).boundingBox()
    expect(box?.width).toBeLessThanOrEqual(420)
    await expect(panelOf(page).locator('img, script, iframe, a[href^=javascript]')).toHaveCount(0)
    await intact()
    await page.keyboard.press('Escape')
  }

  // A tip is the one place that is built outside of React's tables.
  await row.getByText('Failed').hover()
  await expect(page.getByRole('tooltip')).toBeVisible()
  await row.getByText(IMAGE).first().hover()
  await intact()

  for (const groupBy of ['node', 'phase', 'namespace', 'none']) {
    await page.goto(`${url}/?group=${groupBy}&q=onerror`)
    await expect(fleetOf(page)).toContainText(IMAGE)
    await intact()
  }
})
