import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDemoCluster } from '../demo/start.ts'
import { startOriginalCluster } from './control-plane/start-original.ts'

/** Empty, with node agents of all generations, and a hundred times as fast as life. */
const EMPTY = { port: 0, sets: 0, vms: 0, nodes: 5, seed: 7, speed: 100, weather: 'off' } as const

/** One cluster for all lifecycle suites: the embedded one, or with `E2E_CLUSTER=original` a real control plane. */
export async function setup(): Promise<() => Promise<void>> {
  const original = process.env.E2E_CLUSTER === 'original'
  const cluster = await (original ? startOriginalCluster(EMPTY) : startDemoCluster(EMPTY))
  const folder = mkdtempSync(join(tmpdir(), 'cocoon-lifecycle-'))
  const path = join(folder, 'kubeconfig')
  writeFileSync(path, cluster.kubeconfig, { mode: 0o600 })
  // The suites run in processes that are started after this, and inherit it.
  process.env.E2E_KUBECONFIG = path
  return async () => {
    await cluster.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
