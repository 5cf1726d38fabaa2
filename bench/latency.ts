import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seededRandom } from '../demo/random.ts'
import { startNotedCluster } from './noted-cluster.ts'
import type { NotedCluster } from './noted-cluster.ts'
import { quantile } from './row.ts'
import type { Row } from './row.ts'
import { watchByDashboard, watchByKubectl } from './watchers.ts'
import type { Watcher } from './watchers.ts'

const PODS = 200
const ROUNDS = 6
const EVENTS = 150
/** A quiet fleet: further apart than the window in which changes are told together. */
const SPACING_MS: [number, number] = [60, 100]

interface Samples {
  ours: number[]
  theirs: number[]
}

async function measure(
  cluster: NotedCluster,
  ours: Watcher,
  theirs: Watcher,
  round: number,
): Promise<Samples> {
  const random = seededRandom(round)
  const samples: Samples = { ours: [], theirs: [] }
  for (let event = 0; event < EVENTS; event++) {
    await new Promise((resolve) => setTimeout(resolve, random.int(...SPACING_MS)))
    const pod = cluster.pods[random.int(0, PODS - 1)] ?? ''
    const arrivals = Promise.all([ours.next(pod), theirs.next(pod)])
    const wroteAt = await cluster.write(pod, `registry.example/agents:${round}-${event}`)
    const [oursAt, theirsAt] = await arrivals
    samples.ours.push(oursAt - wroteAt)
    samples.theirs.push(theirsAt - wroteAt)
  }
  return samples
}

/** One round with clients of its own. The API server tells watchers in the order in which they came. */
async function playRound(cluster: NotedCluster, kubeconfig: string, turn: number): Promise<Samples> {
  const kubectlFirst = turn % 2 === 0
  let theirs = kubectlFirst ? watchByKubectl(kubeconfig, PODS) : undefined
  await theirs?.ready
  const ours = await watchByDashboard(kubeconfig)
  await ours.ready
  theirs ??= watchByKubectl(kubeconfig, PODS)
  await theirs.ready
  try {
    return await measure(cluster, ours, theirs, turn)
  } finally {
    await Promise.all([ours.stop(), theirs.stop()])
  }
}

/**
 * A write in the cluster to a client of our stream, against the line that `kubectl get -w` prints for the
 * same write: same events, same run, each first at the API server in half of the rounds.
 */
export async function latencyRows(say: (line: string) => void): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'cocoon-bench-'))
  const kubeconfig = join(folder, 'kubeconfig')
  const cluster = await startNotedCluster(PODS)
  writeFileSync(kubeconfig, cluster.kubeconfig, { mode: 0o600 })
  const all: Samples = { ours: [], theirs: [] }
  try {
    for (let turn = 0; turn < ROUNDS; turn++) {
      const { ours, theirs } = await playRound(cluster, kubeconfig, turn)
      all.ours.push(...ours)
      all.theirs.push(...theirs)
      const figures = [ours, theirs].map(
        (one) => `${quantile(one, 0.5).toFixed(2)}/${quantile(one, 0.99).toFixed(2)}`,
      )
      say(`round ${turn + 1}, p50/p99 ms: ours ${figures[0]} kubectl ${figures[1]}`)
    }
  } finally {
    await cluster.close()
    rmSync(folder, { recursive: true, force: true })
  }
  const row = (name: string, share: number, target: number): Row => ({
    name: `event to client, ${name}`,
    unit: 'ms',
    ours: quantile(all.ours, share),
    peer: quantile(all.theirs, share),
    target,
  })
  return [row('p50', 0.5, 1), row('p99', 0.99, 1.5)]
}
