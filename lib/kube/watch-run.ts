import { linkedAbort, type LinkedAbort } from './abort.ts'
import { failureWords } from './failure-words.ts'
import { keyOf, type Listed } from './holdings.ts'
import { withoutManagedFields } from './managed-fields.ts'
import { createPacer } from './pacer.ts'
import type { ReflectorCore } from './reflector-core.ts'
import type { Outcome } from './reflector-policy.ts'
import { isJson, readRefusal, refusalOf } from './refusal.ts'
import { compareResourceVersions } from './resource-version.ts'
import { startSilenceTimer } from './silence-timer.ts'
import { decodeWatchLine, type WatchFrame } from './watch-frame.ts'
import type { WatchLife } from './watch-life.ts'
import type { Identity } from './watch-sink.ts'

export interface WatchRun {
  outcome: Outcome
  /** It began with a streamed list, and the list was complete. */
  listed: boolean
  /** The held resource version moved on by watching, not by listing. */
  progressed: boolean
  events: number
  livedMs: number
}

/** What becomes of the list that was streamed; undefined when it was taken. */
export type AcceptList<Row> = (
  list: ReadonlyMap<string, Listed<Row>>,
  resourceVersion: string,
) => Outcome | undefined

interface WatchPlan<Row> {
  life: WatchLife
  /** Ask for the whole list first, not older than this; '' for the newest there is. */
  stream?: { notOlderThan: string; accept: AcceptList<Row> }
  /** Lets others end this run early; they say why by the outcome that they abort with. */
  onOpen(abort: (outcome: Outcome) => void): void
}

/**
 * One watch request from its head to its end. Objects are read as their lines arrive and dropped. It never
 * throws: however it ends is an outcome.
 */
export async function runWatch<Row extends Identity>(
  core: ReflectorCore<Row>,
  plan: WatchPlan<Row>,
): Promise<WatchRun> {
  const { counters, holdings, timing } = core
  const connection = linkedAbort(core.stopped)
  const before = { events: counters.events, ignored: counters.ignored }
  const started = performance.now()
  const state = {
    listing: plan.stream !== undefined,
    since: holdings.resourceVersion,
    given: undefined as Outcome | undefined,
  }
  const end = (outcome: Outcome) => {
    state.given ??= outcome
    connection.abort()
  }
  plan.onOpen(end)
  counters.watches += 1
  const outcome = await follow(core, plan, connection, state, end).catch((error: unknown): Outcome => ({
    kind: 'cut',
    why: failureWords(error),
  }))
  connection.release()
  const livedMs = performance.now() - started
  const run = {
    listed: plan.stream !== undefined && !state.listing,
    progressed: holdings.resourceVersion !== state.since,
    events: counters.events - before.events - (counters.ignored - before.ignored),
    livedMs,
  }
  const final = state.given ?? outcome
  if (final.kind === 'silent') counters.silences += 1
  if (final.kind !== 'ended') return { ...run, outcome: final }
  return { ...run, outcome: { kind: 'ended', healthy: livedMs >= timing.healthyMs } }
}

async function follow<Row extends Identity>(
  core: ReflectorCore<Row>,
  plan: WatchPlan<Row>,
  connection: LinkedAbort,
  state: { listing: boolean; since: string },
  end: (outcome: Outcome) => void,
): Promise<Outcome> {
  const { liveness, timing, transport, resource, holdings } = core
  const response = await transport.open({
    path: resource.path,
    query: watchQuery(core, plan),
    signal: connection.signal,
    headersTimeoutMs: plan.stream ? timing.listTimeoutMs : timing.headersTimeoutMs,
    compressed: false,
  })
  if (response.status !== 200) {
    const refusal = await readRefusal(response, core.now(), timing.retryAfterCapMs)
    const unknown = plan.stream !== undefined && (refusal.status === 400 || refusal.status === 422)
    return unknown ? { kind: 'no-streaming' } : { kind: 'refused', refusal }
  }
  if (!isJson(response)) {
    response.discard()
    return { kind: 'cut', why: 'something that is not the API server answered' }
  }
  // Only an accepted watch that stays open is a proof: some proxies accept everything and say nothing.
  const settled = setTimeout(() => state.listing || liveness.proven(), timing.settledMs)
  const limit = () =>
    state.listing ? timing.streamPauseMs : plan.life.long ? timing.quietMs : timing.silenceMs
  const silence = startSilenceTimer(limit, () =>
    end({ kind: state.listing ? 'no-streaming' : plan.life.long ? 'quiet' : 'silent' }),
  )
  const pacer = createPacer()
  const list = new Map<string, Listed<Row>>()
  try {
    for await (const line of response.lines()) {
      if (connection.signal.aborted) break
      silence.heard()
      const frame = decodeWatchLine(withoutManagedFields(line))
      if (frame.type === 'bad') {
        core.counters.badFrames += 1
        return { kind: 'bad-frame', why: frame.why }
      }
      if (frame.type === 'ERROR') return { kind: 'refused', refusal: refusalOf(frame.status) }
      if (state.listing && plan.stream) {
        const verdict = collect(core, list, frame, plan.stream.accept)
        if (verdict === 'complete') Object.assign(state, { listing: false, since: holdings.resourceVersion })
        else if (verdict) return verdict
      } else {
        if (frame.type === 'BOOKMARK') holdings.advance(frame.resourceVersion)
        else holdings.apply(frame.type, frame.object, frame.version)
        liveness.proven()
      }
      if (pacer.due()) await pacer.breathe()
    }
  } finally {
    clearTimeout(settled)
    silence.stop()
  }
  return { kind: 'ended', healthy: false }
}

/** Gathers a streamed list. Nothing of it counts before its closing bookmark, not even its resource version. */
function collect<Row extends Identity>(
  { holdings, counters, liveness }: ReflectorCore<Row>,
  list: Map<string, Listed<Row>>,
  frame: Exclude<WatchFrame, { type: 'bad' | 'ERROR' }>,
  accept: AcceptList<Row>,
): Outcome | 'complete' | undefined {
  if (frame.type === 'BOOKMARK') {
    // A server that ignores the wish for a streamed list sends ordinary bookmarks.
    if (!frame.endsInitialEvents) return { kind: 'no-streaming' }
    const objection = accept(list, frame.resourceVersion)
    if (objection) return objection
    list.clear()
    counters.streamedLists += 1
    liveness.listed()
    return 'complete'
  }
  const key = keyOf(frame.version)
  const known = list.get(key)?.version.resourceVersion ?? '0'
  if (compareResourceVersions(frame.version.resourceVersion, known) <= 0) return undefined
  if (frame.type === 'DELETED') list.delete(key)
  else list.set(key, holdings.read(frame.object, frame.version))
  return undefined
}

function watchQuery<Row extends Identity>({ resource, holdings }: ReflectorCore<Row>, plan: WatchPlan<Row>) {
  return {
    watch: true,
    allowWatchBookmarks: true,
    timeoutSeconds: plan.life.seconds,
    labelSelector: resource.labelSelector,
    ...(plan.stream
      ? {
          sendInitialEvents: true,
          resourceVersionMatch: 'NotOlderThan',
          resourceVersion: plan.stream.notOlderThan,
        }
      : { resourceVersion: holdings.resourceVersion }),
  }
}
