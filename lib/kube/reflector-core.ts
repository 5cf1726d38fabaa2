import type { KubeObject } from '../cocoon/kube-json.ts'
import type { Holdings } from './holdings.ts'
import type { Liveness } from './liveness.ts'
import type { ReflectorCounters, ReflectorLog } from './reflector-counters.ts'
import type { ReflectorTiming } from './reflector-timing.ts'
import type { Resource } from './resource.ts'
import type { Transport } from './transport.ts'
import type { Identity, WatchSink } from './watch-sink.ts'

export interface ReflectorOptions<Row extends Identity> {
  resource: Resource
  transport: Transport
  /** Makes a row of an object, or null when it is none of ours. What it throws quarantines the object. */
  project(object: KubeObject): Row | null
  sink: WatchSink<Row>
  logger: ReflectorLog
  /** What is not given is as in REFLECTOR_TIMING. */
  timing?: Partial<ReflectorTiming>
  /** Uniform in [0, 1). */
  random?: () => number
  /** Epoch milliseconds. */
  now?: () => number
  /** Told of every object that cannot be projected; the others are not affected. */
  onQuarantine?(identity: Identity, error: unknown): void
}

/** What the parts of one reflector share. */
export interface ReflectorCore<Row extends Identity> {
  resource: Resource
  transport: Transport
  timing: ReflectorTiming
  random: () => number
  now: () => number
  log: ReflectorLog
  counters: ReflectorCounters
  holdings: Holdings<Row>
  liveness: Liveness
  /** Aborted when the reflector stops. */
  stopped: AbortSignal
}
