import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDashboard } from '../../../scripts/dashboard.ts'
import type { RunningDashboard } from '../../../scripts/dashboard.ts'
import { startFaultyApi } from '../../faulty-api/faulty-api.ts'
import type { FaultyApi } from '../../faulty-api/faulty-api.ts'
import { createWorld } from '../../faulty-api/world.ts'
import type { World } from '../../faulty-api/world.ts'
import { test as base } from './test.ts'

/** A dashboard in front of an API server that fails on demand. */
export interface FaultyDashboard {
  url: string
  api: FaultyApi
  world: World
}

interface Fixtures {
  /** Starts a dashboard of its own; it is stopped after the test. */
  ownDashboard: (env: Record<string, string>) => Promise<RunningDashboard>
  /** The same on a faulty API server; `prepare` fills the world and plans the faults. */
  faultyDashboard: (prepare: (world: World, api: FaultyApi) => void) => Promise<FaultyDashboard>
}

/** A test may stop its dashboard itself; nobody waits for its end a second time. */
function stoppedOnce({ url, said, stop }: RunningDashboard): RunningDashboard {
  let stopping: Promise<number | null> | undefined
  return { url, said, stop: () => (stopping ??= stop()) }
}

/** The test for states that need a server, or a cluster, of their own. */
export const test = base.extend<Fixtures>({
  ownDashboard: async ({ browser }, provide) => {
    const running: RunningDashboard[] = []
    await provide(async (env) => {
      const dashboard = stoppedOnce(await startDashboard(env))
      running.push(dashboard)
      return dashboard
    })
    // A page that outlives its server complains, rightly.
    for (const page of browser.contexts().flatMap((context) => context.pages())) await page.close()
    for (const dashboard of running) await dashboard.stop()
  },
  faultyDashboard: async ({ ownDashboard }, provide) => {
    const folder = mkdtempSync(join(tmpdir(), 'cocoon-e2e-'))
    const apis: FaultyApi[] = []
    await provide(async (prepare) => {
      const world = createWorld(randomUUID)
      const api = await startFaultyApi({ world })
      apis.push(api)
      prepare(world, api)
      const KUBECONFIG = join(folder, `${apis.length}.kubeconfig`)
      writeFileSync(KUBECONFIG, api.kubeconfig)
      const { url } = await ownDashboard({ CLUSTER: 'kube', KUBECONFIG })
      return { url, api, world }
    })
    for (const api of apis) await api.close()
    rmSync(folder, { recursive: true })
  },
})

export { expect } from './test.ts'
