import type { Freshness } from '../fleet/freshness.ts'
import { encodeTables } from '../fleet/row-changes.ts'
import type { FleetTables } from '../fleet/row-changes.ts'
import { FLEET_KINDS } from '../fleet/vm.ts'
import { WIRE_VERSION } from '../fleet/wire.ts'
import type { BeatEvent, ClusterIdentity, DeltaEvent, FleetChanges, SnapshotEvent } from '../fleet/wire.ts'
import { encodeFrame } from './frame.ts'
import type { Frame } from './frame.ts'

export interface FleetStreamOptions {
  epoch: string
  cluster: ClusterIdentity
  tables: FleetTables
  freshness(): Freshness
  now?: () => number
  /** How many deltas, and how many bytes of them, are kept for clients that come back or lag behind. */
  ringLength?: number
  ringBytes?: number
}

/** One client's place in the stream. It owns no queue: a place is a number, so a slow client costs nothing. */
export interface StreamReader {
  /** The next frames, in order; waits until there are some. Null when the stream ends. */
  next(): Promise<Frame[] | null>
  close(): void
}

export interface FleetStream {
  /** Opens a client's place: after `lastEventId` when that is still known, else at a snapshot. */
  open(lastEventId: string | null): StreamReader
  /** Adds a delta; every client is told with the same bytes. */
  publish(changes: FleetChanges): void
  /** Tells every client how fresh the API is. */
  beat(): void
  seq(): number
  readers(): number
  /** Ends every client's stream. */
  close(): void
}

interface Entry {
  seq: number
  frame: Frame
}

const RING_LENGTH = 2_000
const RING_BYTES = 8 * 1024 * 1024
/** At most this much is handed over at a time, so that one client's backlog is not one huge write. */
const HANDFUL = 64 * 1024
/** A beat tells the server's time, so one that is older than this (ms) is not handed out any more. */
const BEAT_AGE = 1_000

/** A batch of more rows than this is not worth a delta. */
const REWRITE = 1_000

const rowsOf = (changes: FleetChanges) =>
  FLEET_KINDS.reduce((total, kind) => {
    const { add = [], set = [], del = [] } = changes[kind] ?? {}
    return total + add.length + set.length + del.length
  }, 0)

/** `epoch-seq`, or null for what is not one of ours: a forged id is answered with a snapshot. */
function parseEventId(id: string | null, epoch: string): number | null {
  const match = id === null ? null : /^([0-9a-z]{1,64})-(\d{1,15})$/.exec(id)
  return match !== null && match[1] === epoch ? Number(match[2]) : null
}

export function createFleetStream(options: FleetStreamOptions): FleetStream {
  const now = options.now ?? Date.now
  const ringLength = options.ringLength ?? RING_LENGTH
  const ringBytes = options.ringBytes ?? RING_BYTES
  const ring: Entry[] = []
  const waiting = new Set<() => void>()
  let bytes = 0
  let seq = 0
  let open = true
  let readers = 0
  let beats = 0
  let beatFrame: { at: number; frame: Frame } | null = null
  let cached: { seq: number; frame: Frame } | null = null

  const wakeAll = () => {
    const woken = [...waiting]
    waiting.clear()
    for (const wake of woken) wake()
  }
  const firstKept = () => ring[0]?.seq ?? seq + 1
  const bytesAfter = (place: number) => {
    let total = 0
    for (let at = ring.length - 1; at >= 0; at -= 1) {
      const entry = ring[at]
      if (entry === undefined || entry.seq <= place) break
      total += entry.frame.plain.length
    }
    return total
  }
  const canFollow = (place: number) => place <= seq && place + 1 >= firstKept()

  /** How fresh the API is, and what time it is, now: what a snapshot or a delta says of that may be old. */
  function freshBeat(): Frame {
    const at = now()
    if (beatFrame === null || Math.abs(at - beatFrame.at) > BEAT_AGE) {
      const event: BeatEvent = { seq, at, freshness: options.freshness() }
      beatFrame = { at, frame: encodeFrame('beat', null, event) }
    }
    return beatFrame.frame
  }

  /** The whole fleet, encoded once: it is used again for as long as the deltas after it are cheaper. */
  function snapshot(): Entry {
    if (cached !== null && canFollow(cached.seq) && bytesAfter(cached.seq) * 4 <= cached.frame.plain.length) {
      return cached
    }
    const event: SnapshotEvent = {
      wire: WIRE_VERSION,
      epoch: options.epoch,
      seq,
      at: now(),
      cluster: options.cluster,
      freshness: options.freshness(),
      tables: encodeTables(options.tables),
    }
    cached = { seq, frame: encodeFrame('snapshot', `${options.epoch}-${seq}`, event) }
    return cached
  }

  function handful(place: number): Entry[] {
    const start = ring.length - (seq - place)
    const taken: Entry[] = []
    let size = 0
    for (let at = start; at < ring.length && size < HANDFUL; at += 1) {
      const entry = ring[at]
      if (entry === undefined) break
      taken.push(entry)
      size += entry.frame.plain.length
    }
    return taken
  }

  return {
    open(lastEventId) {
      let place = parseEventId(lastEventId, options.epoch)
      if (place !== null && !canFollow(place)) place = null
      let beatSeen = -1
      let closed = false
      readers += 1
      const take = (): Frame[] | null => {
        // Further behind than the whole fleet weighs: the fleet itself is the shorter way.
        const lost =
          place !== null &&
          (!canFollow(place) || (cached && bytesAfter(place) > cached.frame.plain.length * 2))
        if (place === null || lost) {
          const whole = snapshot()
          place = whole.seq
          beatSeen = beats
          return [whole.frame, freshBeat()]
        }
        if (place < seq) {
          const entries = handful(place)
          place = entries.at(-1)?.seq ?? place
          return entries.map((entry) => entry.frame)
        }
        if (beatSeen !== beats) {
          beatSeen = beats
          return [freshBeat()]
        }
        return null
      }
      return {
        async next() {
          for (;;) {
            if (!open || closed) return null
            const frames = take()
            if (frames !== null) return frames
            await new Promise<void>((wake) => waiting.add(wake))
          }
        },
        close() {
          if (closed) return
          closed = true
          readers -= 1
          wakeAll()
        },
      }
    },
    publish(changes) {
      seq += 1
      if (rowsOf(changes) > REWRITE) {
        // A first list or a relist after a long gap: the fleet itself is shorter than what became of it.
        ring.length = 0
        bytes = 0
        wakeAll()
        return
      }
      const event: DeltaEvent = { seq, at: now(), changes }
      const frame = encodeFrame('delta', `${options.epoch}-${seq}`, event)
      ring.push({ seq, frame })
      bytes += frame.plain.length
      while (ring.length > ringLength || bytes > ringBytes) bytes -= ring.shift()?.frame.plain.length ?? bytes
      wakeAll()
    },
    beat() {
      beats += 1
      beatFrame = null
      wakeAll()
    },
    seq: () => seq,
    readers: () => readers,
    close() {
      open = false
      wakeAll()
    },
  }
}
