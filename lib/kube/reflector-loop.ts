import { pause } from './abort.ts'
import { createBackoff } from './backoff.ts'
import type { Listed } from './holdings.ts'
import { readList } from './paged-list.ts'
import type { ReflectorCore } from './reflector-core.ts'
import { nextAction, type Outcome, type Phase } from './reflector-policy.ts'
import { compareResourceVersions } from './resource-version.ts'
import { chooseWatchLife } from './watch-life.ts'
import { runWatch } from './watch-run.ts'
import type { Identity } from './watch-sink.ts'

/** Streamed lists that came to no end in a row, before one list is read by pages. */
const STREAM_TRIES = 3
/** A newest list that is older than what is held is a lagging server; so many in a row are a restored cluster. */
const ROLLBACK_PROOFS = 3

export interface ReflectorLoop {
  /** Resolves when the reflector is stopped, and only then. */
  run(): Promise<void>
  /** Ends the open watch with this outcome; nothing when none is open. */
  endWatch(outcome: Outcome): void
}

/** Lists and watches in turn; `nextAction` decides, this does. */
export function createLoop<Row extends Identity>(core: ReflectorCore<Row>): ReflectorLoop {
  const { holdings, counters, liveness, timing, random, log, stopped } = core
  const backoff = createBackoff(timing.backoff, random)
  const repairs = createBackoff(timing.backoff, random)
  let repairedAt = Number.NEGATIVE_INFINITY
  let pace = { events: 0, livedMs: 0 }
  let streaming = true
  let streamFailures = 0
  let olderLists = 0
  let endWatch: (outcome: Outcome) => void = () => undefined

  const accept = (
    phase: Phase,
    list: ReadonlyMap<string, Listed<Row>>,
    version: string,
  ): Outcome | undefined => {
    const known = holdings.resourceVersion
    if (known !== '' && compareResourceVersions(version, known) < 0) {
      olderLists += phase === 'quorum-list' ? 1 : 0
      if (olderLists < ROLLBACK_PROOFS) return { kind: 'older-list' }
      counters.rollbacks += 1
      log.warn({ resource: core.resource.name, from: known, to: version }, "the cluster's history went back")
    }
    olderLists = 0
    if (!holdings.replace(list, version)) return { kind: 'not-taken' }
    counters.lists += 1
    return undefined
  }

  const streamOf = (phase: Phase) => ({
    notOlderThan: phase === 'list' ? holdings.resourceVersion : '',
    accept: (list: ReadonlyMap<string, Listed<Row>>, version: string) => accept(phase, list, version),
  })

  async function watch(phase: Phase): Promise<{ outcome: Outcome; phase: Phase }> {
    const streamed = phase !== 'watch'
    const ran = await runWatch(core, {
      life: streamed ? { seconds: timing.longLife[0], long: true } : chooseWatchLife(pace, timing, random),
      ...(streamed ? { stream: streamOf(phase) } : {}),
      onOpen(end) {
        endWatch = end
      },
    })
    pace = { events: ran.outcome.kind === 'quiet' ? 0 : ran.events, livedMs: ran.livedMs }
    if (ran.listed || !streamed) proveByEnd(ran.outcome)
    if (ran.outcome.kind === 'no-streaming') streaming = false
    if (streamed) streamFailures = ran.listed ? 0 : streamFailures + 1
    if (ran.progressed || ran.livedMs >= timing.healthyMs) backoff.reset()
    return { outcome: ran.outcome, phase: ran.listed ? 'watch' : phase }
  }

  /** An empty answer that ends at once proves nothing; a watch that lived as long as it was asked to, does. */
  function proveByEnd(outcome: Outcome) {
    if (outcome.kind === 'ended' && outcome.healthy) liveness.proven()
  }

  async function readByPages(phase: Phase): Promise<{ outcome: Outcome; phase: Phase }> {
    const result = await readList(core, phase === 'list' ? holdings.resourceVersion : undefined)
    if (result.kind !== 'complete') return { outcome: result, phase }
    streamFailures = 0
    const objection = accept(phase, result.list, result.resourceVersion)
    if (objection) return { outcome: objection, phase }
    liveness.listed()
    return { outcome: { kind: 'listed' }, phase }
  }

  const step = (phase: Phase) =>
    phase === 'watch' || (streaming && streamFailures < STREAM_TRIES) ? watch(phase) : readByPages(phase)

  async function run(): Promise<void> {
    let phase: Phase = 'quorum-list'
    while (!stopped.aborted) {
      const done = await step(phase)
      if (stopped.aborted) return
      const action = nextAction(done.outcome, {
        resource: core.resource.name,
        phase: done.phase,
        failures: backoff.failures,
      })
      if (action.state) liveness.refused(action.state, action.message)
      else if (action.message !== '') liveness.failing(action.message)
      if (action.message !== '') {
        log.warn({ resource: core.resource.name, failures: backoff.failures }, action.message)
      }
      await pause(Math.max(waitMs(action.wait, action.atLeastMs), repairWaitMs(done.outcome)), stopped)
      phase = action.next
    }
  }

  function waitMs(wait: 'none' | 'backoff' | 'slow', atLeastMs: number): number {
    if (wait === 'none') return 0
    const backoffMs = backoff.next()
    if (wait === 'backoff') return atLeastMs + backoffMs
    const [low, high] = timing.slowPollMs
    return Math.max(atLeastMs, low + random() * (high - low))
  }

  /**
   * An object that makes every frame of its own unreadable must not have the whole list read each time it
   * changes, however well the watch goes in between.
   */
  function repairWaitMs(outcome: Outcome): number {
    if (outcome.kind !== 'bad-frame') return 0
    const at = performance.now()
    if (at - repairedAt > 2 * timing.backoff.capMs) repairs.reset()
    repairedAt = at
    return repairs.next()
  }

  return { run, endWatch: (outcome) => endWatch(outcome) }
}
