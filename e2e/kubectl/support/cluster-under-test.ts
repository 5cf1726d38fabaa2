import { readFileSync } from 'node:fs'
import { startDemoCluster } from '../../../demo/start.ts'
import { startOriginalCluster } from '../../control-plane/start-original.ts'

const FLEET = { port: 0, sets: 2, vms: 6, nodes: 3, seed: 7, speed: 20, weather: 'off' } as const

/** The cluster that the suite talks to. */
export interface ClusterUnderTest {
  /** YAML text. */
  kubeconfig: string
  /** Whether it is the embedded cluster; only differences on purpose may ask. */
  embedded: boolean
  close(): Promise<void>
}

/**
 * The cluster of the kubeconfig file that `E2E_KUBECONFIG` names, where CRDs, operator, webhook and node agents are at
 * work, or one that it starts: the original with `E2E_CLUSTER=original`, else the embedded one.
 */
export async function clusterUnderTest(): Promise<ClusterUnderTest> {
  const path = process.env.E2E_KUBECONFIG ?? ''
  if (path !== '') {
    return { kubeconfig: readFileSync(path, 'utf8'), embedded: false, close: () => Promise.resolve() }
  }
  if (process.env.E2E_CLUSTER === 'original') {
    const original = await startOriginalCluster(FLEET)
    return { kubeconfig: original.kubeconfig, embedded: false, close: () => original.close() }
  }
  const demo = await startDemoCluster(FLEET)
  return { kubeconfig: demo.kubeconfig, embedded: true, close: () => demo.close() }
}
