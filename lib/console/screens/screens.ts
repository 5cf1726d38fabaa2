import { SCREEN_EVERY_MS, SCREEN_WORDS } from '../../fleet/console/screen.ts'
import type { ScreenTrouble } from '../../fleet/console/screen.ts'
import type { Frame } from '../rfb-client/frame.ts'
import type { Rendition } from './rendition.ts'
import { takeTurns } from './take-turns.ts'

/** What came of an attempt to take a picture. */
export type Shot = { frame: Frame } | { trouble: ScreenTrouble; detail: string }

/** What there is to show of a screen; at least one of both. */
export interface ScreenView {
  picture: { rendition: Rendition; takenAt: number } | null
  /** Why there is no fresh one; null when it is fresh. */
  trouble: { kind: ScreenTrouble; detail: string } | null
}

export interface ScreensOptions {
  /** Scales a frame down. */
  render: (frame: Frame) => Promise<Rendition>
  /** Epoch milliseconds. */
  now: () => number
}

/** The pictures of a process: each VM is dialled at most every ten seconds, and only when somebody asks. */
export interface Screens {
  /**
   * The newest picture; `shoot` is called when it is time for another one. `shared` says whether the server has been
   * seen to share before. Who has gone, by `signal`, does not look: nothing is dialled for nobody.
   */
  look(uid: string, shoot: (shared: boolean) => Promise<Shot>, signal?: AbortSignal): Promise<ScreenView>
  /** The last picture of a VM that must not be dialled now. */
  last(uid: string, trouble: ScreenTrouble, detail: string): ScreenView
  /** How many screens something is known of, and what came of all attempts so far. */
  counts(): { kept: number; taken: number; failed: number }
}

interface Entry {
  picture: ScreenView['picture']
  trouble: ScreenView['trouble']
  /** No attempt before then. */
  nextAt: number
  shared: boolean
  running: Promise<void> | null
  /** How many wait for its picture now. */
  lookers: number
}

const AT_ONCE = 4
const MOST_WAITING = 200
const MOST_ENTRIES = 5_000
const MOST_BYTES = 64 * 1024 * 1024

/**
 * How long (ms) a screen is left alone after an attempt. One that never shares is left alone for good. A password is asked
 * for again seldom: VNC servers shut out who comes often and does not know it.
 */
const PAUSE: Record<ScreenTrouble, number> = {
  asleep: SCREEN_EVERY_MS,
  unreachable: SCREEN_EVERY_MS,
  'not-vnc': 300_000,
  'needs-password': 3_600_000,
  'not-shared': Infinity,
  'in-use': SCREEN_EVERY_MS,
  'target-refused': 30_000,
  busy: 0,
}

/** Counts somebody who looks; answers what to call when they look no more, which going away does, too. */
function counted(entry: Entry, signal: AbortSignal | undefined): () => void {
  if (signal?.aborted) return () => {}
  entry.lookers += 1
  let here = true
  const leave = () => {
    if (here) entry.lookers -= 1
    here = false
    signal?.removeEventListener('abort', leave)
  }
  signal?.addEventListener('abort', leave)
  return leave
}

const BUSY = { kind: 'busy', detail: SCREEN_WORDS.busy.detail } as const

/** The screens of this process, as they were seen last; `now` is a clock in milliseconds. */
export function createScreens({ render, now }: ScreensOptions): Screens {
  // In the order of the last look, so that what nobody looks at goes first.
  const entries = new Map<string, Entry>()
  const turns = takeTurns(AT_ONCE, MOST_WAITING)
  const attempts = { taken: 0, failed: 0 }

  const entryOf = (uid: string): Entry => {
    const known = entries.get(uid)
    const entry = known ?? {
      picture: null,
      trouble: null,
      nextAt: -Infinity,
      shared: false,
      running: null,
      lookers: 0,
    }
    entries.delete(uid)
    entries.set(uid, entry)
    return entry
  }
  const forgetOldest = () => {
    let bytes = 0
    for (const { picture } of entries.values()) bytes += picture?.rendition.size() ?? 0
    for (const [uid, { picture, running, nextAt }] of entries) {
      if (entries.size <= MOST_ENTRIES && bytes <= MOST_BYTES) return
      // What must be left alone for good is remembered longest: it costs next to nothing.
      if (running !== null || (nextAt === Infinity && entries.size <= MOST_ENTRIES)) continue
      bytes -= picture?.rendition.size() ?? 0
      entries.delete(uid)
    }
  }
  const attempt = async (entry: Entry, shoot: (shared: boolean) => Promise<Shot>) => {
    const began = now()
    entry.nextAt = began + SCREEN_EVERY_MS
    entry.trouble = { kind: 'unreachable', detail: SCREEN_WORDS.unreachable.detail }
    const shot = await shoot(entry.shared)
    attempts['frame' in shot ? 'taken' : 'failed'] += 1
    if ('frame' in shot) {
      entry.picture = { rendition: await render(shot.frame), takenAt: now() }
      entry.trouble = null
      entry.shared = true
      forgetOldest()
      return
    }
    entry.trouble = { kind: shot.trouble, detail: shot.detail }
    entry.nextAt = began + PAUSE[shot.trouble]
  }
  return {
    async look(uid, shoot, signal) {
      const entry = entryOf(uid)
      const leave = counted(entry, signal)
      if (entry.running === null && now() >= entry.nextAt) {
        // Whoever scrolls past many screens must not make the next one wait for all of them.
        const work = turns.take(async () => (entry.lookers > 0 ? attempt(entry, shoot) : undefined))
        if (work === null) {
          leave()
          return { picture: entry.picture, trouble: BUSY }
        }
        entry.running = work.finally(() => {
          entry.running = null
        })
      }
      try {
        await entry.running
      } finally {
        leave()
      }
      return { picture: entry.picture, trouble: entry.trouble }
    },
    last: (uid, kind, detail) => ({ picture: entries.get(uid)?.picture ?? null, trouble: { kind, detail } }),
    counts: () => ({ kept: entries.size, ...attempts }),
  }
}
