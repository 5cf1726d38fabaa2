import type { KubeObject } from '../cocoon/kube-json.ts'
import type { Holdings } from './holdings.ts'
import type { Liveness } from './liveness.ts'
import type { ReflectorTiming } from './reflector-timing.ts'
import type { Resource } from './resource.ts'
import type { Transport } from './transport.ts'
import type { Identity, WatchSink } from './watch-sink.ts'

/** Where a reflector reports; a pino logger is one. */
export interface ReflectorLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

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

/** What a reflector has done so far; all only grow. */
export interface ReflectorCounters {
  /** Complete lists, paged or streamed, and how many of them were streamed. */
  lists: number
  streamedLists: number
  pages: number
  /** Watch requests sent. */
  watches: number
  events: number
  bookmarks: number
  /** Events not newer than what is held. */
  ignored: number
  badFrames: number
  quarantined: number
  sinkErrors: number
  /** Connections given up because nothing was heard on them. */
  silences: number
  /** Times that the cluster's history itself was believed to have gone back (restored from a backup). */
  rollbacks: number
  audits: number
  auditsSkipped: number
  /** Objects that an audit found to differ. Anything but 0 is a bug, here or in the API server. */
  divergences: number
}

export function newCounters(): ReflectorCounters {
  return {
    lists: 0,
    streamedLists: 0,
    pages: 0,
    watches: 0,
    events: 0,
    bookmarks: 0,
    ignored: 0,
    badFrames: 0,
    quarantined: 0,
    sinkErrors: 0,
    silences: 0,
    rollbacks: 0,
    audits: 0,
    auditsSkipped: 0,
    divergences: 0,
  }
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
