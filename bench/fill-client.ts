import { KubeConfig, CoreV1Api, makeInformer } from '@kubernetes/client-node'
import { loadClusterConfig } from '../lib/kube/cluster-config.ts'
import { createFleetService } from '../lib/kube/fleet-service.ts'
import { createTransport } from '../lib/kube/transport.ts'
import { createLogger } from '../lib/process/logger.ts'

/** What one client took to hold all pods. Times in milliseconds, memory in bytes. */
export interface FillFigures {
  time: number
  retained: number
  stall: number
}

/** Gives what it holds, so that it is alive when memory is measured. */
type Fill = (kubeconfig: string, pods: number) => Promise<unknown>

const POLL_MS = 2

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, POLL_MS))
}

/** Reflector, projection, store and stream: everything that the dashboard keeps. */
async function fillOurs(kubeconfig: string, pods: number): Promise<unknown> {
  const transport = createTransport(loadClusterConfig({ kind: 'text', text: kubeconfig }))
  const cluster = { kind: 'kube', name: 'bench' } as const
  const service = createFleetService({ transport, cluster, logger: createLogger('error') })
  await until(() => service.synced() && service.whole.document().vms.length === pods)
  return service
}

async function fillInformer(kubeconfig: string, pods: number): Promise<unknown> {
  const config = new KubeConfig()
  config.loadFromString(kubeconfig)
  const api = config.makeApiClient(CoreV1Api)
  const informer = makeInformer(config, '/api/v1/pods', () => api.listPodForAllNamespaces())
  await informer.start()
  await until(() => informer.list().length === pods)
  return informer
}

const FILLS: Record<string, Fill> = { ours: fillOurs, informer: fillInformer }

/** The longest that the event loop was held, seen by a timer of 2 ms; call the result to read it. */
function watchStalls(): () => number {
  let last = performance.now()
  let longest = 0
  const timer = setInterval(() => {
    const now = performance.now()
    longest = Math.max(longest, now - last - POLL_MS)
    last = now
  }, POLL_MS)
  return () => {
    clearInterval(timer)
    return longest
  }
}

function heldMemory(): number {
  if (globalThis.gc === undefined) throw new Error('start this with --expose-gc')
  globalThis.gc()
  globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

const [name = '', pods = '0'] = process.argv.slice(2)
const fill = FILLS[name]
const kubeconfig = process.env.BENCH_KUBECONFIG
if (fill === undefined || kubeconfig === undefined) throw new Error('run bench/run.ts, which starts this')
const before = heldMemory()
const stall = watchStalls()
const began = performance.now()
const held = await fill(kubeconfig, Number(pods))
const time = performance.now() - began
const figures: FillFigures = { time, stall: stall(), retained: heldMemory() - before }
process.send?.(figures, () => process.exit(held === undefined ? 1 : 0))
