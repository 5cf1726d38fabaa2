import { pause } from './abort.ts'
import { audit } from './audit.ts'
import { failureWords } from './failure-words.ts'
import { createHoldings, keyOf, type Held } from './holdings.ts'
import { createLiveness } from './liveness.ts'
import type { ReflectorCore, ReflectorOptions } from './reflector-core.ts'
import { newCounters, type ReflectorCounters } from './reflector-counters.ts'
import { createLoop, type ReflectorLoop } from './reflector-loop.ts'
import { REFLECTOR_TIMING, type ReflectorTiming } from './reflector-timing.ts'
import type { Identity, WatchSink } from './watch-sink.ts'

export type { ReflectorTiming } from './reflector-timing.ts'

export interface Reflector {
  /** Resolves when nothing of it runs any more; the sink is not called from the moment of the call on. */
  stop(): Promise<void>
  /** Compares what is held with the cluster now, and repairs it; the names that differed, or undefined when it could not. */
  audit(): Promise<string[] | undefined>
  /**
   * Waits until what is held of an object (undefined: nothing), and up to which version history was told, is as
   * wished; false when it is not within the time, or the reflector stops.
   */
  until(
    object: { namespace: string; name: string },
    wished: (held: Held | undefined, upTo: string) => boolean,
    timeoutMs: number,
  ): Promise<boolean>
  readonly counters: Readonly<ReflectorCounters>
  readonly resourceVersion: string
}

const running = new WeakMap<WatchSink<never>, Reflector>()

/**
 * Lists and watches one resource for as long as it is not stopped, whatever the API server does, and tells
 * the sink rows in the order of the cluster's history (promises W1 to W17). Starting twice on one sink
 * gives the one that runs.
 */
export function startReflector<Row extends Identity>(options: ReflectorOptions<Row>): Reflector {
  const present = running.get(options.sink)
  if (present) return present
  const controller = new AbortController()
  const core = createCore(options, controller.signal)
  const loop = createLoop(core)
  const work = Promise.all([loop.run(), auditForever(core, loop)])
  const reflector: Reflector = {
    async stop() {
      controller.abort()
      core.liveness.stop()
      running.delete(options.sink)
      await work
    },
    audit: () => auditOnce(core, loop),
    until: (object, wished, timeoutMs) => heldUntil(core, keyOf(object), wished, timeoutMs),
    counters: core.counters,
    get resourceVersion() {
      return core.holdings.resourceVersion
    },
  }
  running.set(options.sink, reflector)
  return reflector
}

function createCore<Row extends Identity>(
  options: ReflectorOptions<Row>,
  stopped: AbortSignal,
): ReflectorCore<Row> {
  const { resource, transport, logger: log, sink } = options
  const timing: ReflectorTiming = { ...REFLECTOR_TIMING, ...options.timing }
  const { random = Math.random, now = Date.now } = options
  const counters = newCounters()
  const { silenceMs, noticeMs } = timing
  const { name } = resource
  return {
    resource,
    transport,
    timing,
    random,
    now,
    log,
    counters,
    stopped,
    holdings: createHoldings({ ...options, name, counters, log, stopped }),
    liveness: createLiveness({
      name,
      now,
      silenceMs,
      noticeMs,
      tell(freshness) {
        try {
          sink.freshness(freshness)
        } catch (error) {
          counters.sinkErrors += 1
          log.error({ resource: name, reason: failureWords(error) }, 'a reader of the watch failed')
        }
      },
    }),
  }
}

/** Asks anew whenever history moves on. */
function heldUntil<Row extends Identity>(
  { holdings, stopped }: ReflectorCore<Row>,
  key: string,
  wished: (held: Held | undefined, upTo: string) => boolean,
  timeoutMs: number,
): Promise<boolean> {
  return new Promise((resolve) => {
    const holds = () => wished(holdings.held.get(key), holdings.resourceVersion)
    if (stopped.aborted || holds()) {
      resolve(!stopped.aborted)
      return
    }
    const end = (seen: boolean) => {
      clearTimeout(timer)
      forget()
      stopped.removeEventListener('abort', stop)
      resolve(seen)
    }
    const stop = () => end(false)
    const timer = setTimeout(stop, timeoutMs)
    const forget = holdings.observe(() => {
      if (holds()) end(true)
    })
    stopped.addEventListener('abort', stop)
  })
}

async function auditForever<Row extends Identity>(core: ReflectorCore<Row>, loop: ReflectorLoop) {
  const [low, high] = core.timing.auditEveryMs
  while (!core.stopped.aborted) {
    await pause(low + core.random() * (high - low), core.stopped)
    if (!core.stopped.aborted && core.holdings.generation > 0) await auditOnce(core, loop)
  }
}

async function auditOnce<Row extends Identity>(core: ReflectorCore<Row>, loop: ReflectorLoop) {
  const differing = await audit(core)
  if (differing === undefined) {
    core.counters.auditsSkipped += 1
    return undefined
  }
  core.counters.audits += 1
  if (differing.length > 0) {
    core.counters.divergences += differing.length
    const { name } = core.resource
    core.log.error(
      { resource: name, objects: differing.slice(0, 20) },
      'what is held differed from the cluster',
    )
    loop.endWatch({ kind: 'diverged' })
  }
  return differing
}
