import type { Freshness, ResourceFreshness } from '../fleet/freshness.ts'
import type { Sight } from '../fleet/sight.ts'
import type { BeatEvent } from '../fleet/wire.ts'
import type { StreamReader } from './fleet-stream.ts'
import { encodeFrame } from './frame.ts'
import type { Frame } from './frame.ts'
import { Refused } from './problem.ts'
import type { View } from './views.ts'

/** Shorter times for tests. */
export interface SightReaderTimes {
  now?: () => number
  reviewEveryMs?: number
  coveredMs?: number
  beatEveryMs?: number
}

/** What is looked at, and by whom. */
export interface SightReaderOptions extends SightReaderTimes {
  viewOf(sight: Sight): View
  /** What they may list, from answers that are half a minute old at most. @throws Refused when that is not known */
  sight(): Promise<Sight>
  /** Tells when there is a namespace that nobody was asked about. */
  onNamespace(listener: () => void): () => void
}

/** Often enough that a right that is given or taken shows within a minute, with answers that may be 30 s old. */
const REVIEW_EVERY_MS = 20_000
/** How long after it was heard a sight still holds: what it rests on is then a minute old at most. */
const COVERED_MS = 30_000
const RETRY_EVERY_MS = 5_000
const BEAT_EVERY_MS = 5_000

/** Something that rings: whoever waits goes on. */
function createBell() {
  let { promise, resolve } = Promise.withResolvers<void>()
  return {
    heard: () => promise,
    ring() {
      resolve()
      ;({ promise, resolve } = Promise.withResolvers<void>())
    },
  }
}

const unknownSince = (at: number, why: string) => (resource: ResourceFreshness) =>
  resource.state === 'forbidden' || resource.state === 'missing'
    ? resource
    : { ...resource, state: 'stale' as const, provenAt: Math.min(resource.provenAt, at), message: why }

/**
 * A place in the stream of whatever somebody may see, for as long as they may: the rights are reviewed while it is
 * open, another sight begins another view with a snapshot, and while the rights are not known nothing is told but that.
 * @throws Refused like `sight`, before there is a place
 */
export async function openSightReader(
  options: SightReaderOptions,
  lastEventId: string | null,
): Promise<StreamReader> {
  const { viewOf, sight: ask, now = Date.now } = options
  const { reviewEveryMs = REVIEW_EVERY_MS, coveredMs = COVERED_MS, beatEveryMs = BEAT_EVERY_MS } = options
  const bell = createBell()
  let heardAt = now()
  let sight = await ask()
  let view = viewOf(sight)
  let inner = view.stream.open(lastEventId)
  let coming: Promise<Frame[] | null> | null = null
  let trouble = ''
  let closed = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let reviewing = false
  let again = false

  const isCovered = () => now() - heardAt < coveredMs
  const look = (seen: Sight) => {
    if (seen.key === sight.key) return
    sight = seen
    inner.close()
    view = viewOf(seen)
    inner = view.stream.open(null)
    coming = null
  }
  const close = () => {
    if (closed) return
    closed = true
    clearTimeout(timer)
    forgetNamespaces()
    inner.close()
    bell.ring()
  }
  async function review(): Promise<void> {
    if (closed) return
    if (reviewing) {
      again = true
      return
    }
    clearTimeout(timer)
    reviewing = true
    const askedAt = now()
    try {
      const seen = await ask()
      if (closed) return
      heardAt = askedAt
      trouble = ''
      look(seen)
    } catch (error) {
      trouble = error instanceof Error ? error.message : String(error)
      // Who is not known any more is told so when they come again.
      if (error instanceof Refused && error.problem.status === 401) close()
    } finally {
      reviewing = false
    }
    if (closed) return
    bell.ring()
    const wait = again ? 0 : trouble === '' ? reviewEveryMs : Math.min(reviewEveryMs, RETRY_EVERY_MS)
    again = false
    timer = setTimeout(() => void review(), wait)
  }
  const forgetNamespaces = options.onNamespace(() => void review())
  timer = setTimeout(() => void review(), reviewEveryMs)

  const beatOf = (freshness: Freshness): Frame => {
    const event: BeatEvent = { seq: 0, at: now(), freshness }
    return encodeFrame('beat', null, event)
  }
  const heldBeat = (): Frame => {
    const why = trouble || 'What you may see could not be checked lately, so nothing new is shown.'
    const stale = unknownSince(heardAt, why)
    const { pods, cocoonsets, cocoonhibernations, nodes } = view.freshness()
    return beatOf({
      pods: stale(pods),
      cocoonsets: stale(cocoonsets),
      cocoonhibernations: stale(cocoonhibernations),
      nodes: stale(nodes),
    })
  }
  const beatsLater = async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const waiting = setTimeout(resolve, beatEveryMs)
    await Promise.race([promise, bell.heard()])
    clearTimeout(waiting)
  }
  let heldBefore = false

  return {
    async next() {
      for (;;) {
        if (closed) return null
        if (!isCovered()) {
          if (heldBefore) await beatsLater()
          heldBefore = true
          if (closed || isCovered()) continue
          return [heldBeat()]
        }
        if (heldBefore) {
          heldBefore = false
          return [beatOf(view.freshness())]
        }
        const mine = (coming ??= inner.next())
        const frames = await Promise.race([mine, bell.heard()])
        // What came is kept until it is known that it may be told, and forgotten when there is another view.
        if (closed || coming !== mine || !isCovered() || frames === undefined) continue
        coming = null
        return frames
      }
    },
    close,
  }
}
