import { seededRandom, type Random } from '../../demo/random.ts'
import type { WatchedResource } from '../../lib/fleet/freshness.ts'
import { loadClusterConfig } from '../../lib/kube/cluster-config.ts'
import type { ReflectorOptions } from '../../lib/kube/reflector-core.ts'
import type { ReflectorLog } from '../../lib/kube/reflector-counters.ts'
import { hurried } from '../../lib/kube/reflector-timing.ts'
import { startReflector, type Reflector, type ReflectorTiming } from '../../lib/kube/reflector.ts'
import { watchedResource } from '../../lib/kube/resource.ts'
import { createTransport, type Transport } from '../../lib/kube/transport.ts'
import { startFaultyApi, type FaultyApi } from '../faulty-api/faulty-api.ts'
import { createFleetLife, type FleetLife } from '../faulty-api/fleet-life.ts'
import { SEED } from './figure.ts'
import { createObservedSink, versionRow, type ObservedSink, type VersionRow } from './observed-sink.ts'
import { until } from './until.ts'

/** How much faster than in earnest time passes, for the reflector and for the server alike. */
export const SPEED = 20

export interface ReflectorBench {
  api: FaultyApi
  life: FleetLife
  sink: ObservedSink
  reflector: Reflector
  transport: Transport
  random: Random
  options: ReflectorOptions<VersionRow>
  /** Log messages of the reflector. */
  said: string[]
  /** Waits until the reflector has heard of the last change of its resource. */
  caughtUp(): Promise<void>
  close(): Promise<void>
}

export interface BenchOptions {
  pods?: number
  resource?: WatchedResource
  speed?: number
  timing?: Partial<ReflectorTiming>
  servers?: number
  /** Anything else that the reflector shall be given. */
  with?: Partial<ReflectorOptions<VersionRow>>
  /** Called before the reflector starts. */
  prepare?(api: FaultyApi, life: FleetLife): void
}

/** One reflector on one faulty API server, and the truth beside them. */
export async function startReflectorBench(options: BenchOptions = {}): Promise<ReflectorBench> {
  const { pods = 20, resource = 'pods', speed = SPEED, servers = 1 } = options
  const random = seededRandom(SEED)
  const life = createFleetLife(pods, random.fork('life'))
  const api = await startFaultyApi({ world: life.world, speed, servers })
  options.prepare?.(api, life)
  const transport = createTransport(loadClusterConfig({ kind: 'text', text: api.kubeconfig }))
  const sink = createObservedSink()
  const said: string[] = []
  const reflectorOptions: ReflectorOptions<VersionRow> = {
    resource: watchedResource(resource),
    transport,
    project: versionRow,
    sink,
    logger: listener(said),
    timing: { ...hurried(speed), ...options.timing },
    random: random.fork('reflector').next,
    ...options.with,
  }
  const reflector = startReflector(reflectorOptions)
  return {
    api,
    life,
    sink,
    reflector,
    transport,
    random,
    said,
    options: reflectorOptions,
    caughtUp: () =>
      until('the reflector to catch up', () => {
        const last = life.world.history(resource).at(-1)?.version ?? 0
        return reflector.resourceVersion !== '' && Number(reflector.resourceVersion) >= last
      }),
    async close() {
      await reflector.stop()
      transport.close()
      await api.close()
    },
  }
}

function listener(said: string[]): ReflectorLog {
  const hear = (fields: object, message: string) => void said.push(`${message} ${JSON.stringify(fields)}`)
  return { info: hear, warn: hear, error: hear }
}
