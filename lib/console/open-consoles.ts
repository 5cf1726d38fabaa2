import type { ConsoleKind } from '../fleet/console/answer.ts'
import type { CloseReason } from '../fleet/console/close-codes.ts'
import type { Vm } from '../fleet/vm.ts'
import { Refused } from '../kube/problem.ts'
import type { ConsoleLimits } from './settings.ts'
import type { Admission } from './tickets.ts'
import { endReason } from './end-reason.ts'
import { refusedReason } from './refused-reason.ts'

export type VmNamed = (namespace: string, name: string) => Vm | undefined

/** What a console of any kind is to those who keep it. */
export interface RunningConsole {
  admission: Admission
  openedAt: number
  /** When the other end answered as it should; null before. */
  greetedAt: number | null
  end(reason: CloseReason): void
  lastMovedAt(): number
  lastHeardAt(): number
  stuckSince(): number | null
  ping(): void
  /** Asks the API server again whether whoever opened it still may. @throws Refused when not, or not known */
  review(): Promise<void>
}

export interface OpenConsoles {
  /** False when no more may be open, for this user or at all. */
  hasRoomFor(who: string): boolean
  /** Keeps it within its limits until `remove`. */
  add(console: RunningConsole): void
  /** False when it was not there any more. */
  remove(console: RunningConsole): boolean
  has(console: RunningConsole): boolean
  /** How many of a kind are open. */
  count(kind: ConsoleKind): number
  /** Those of one VM, the oldest first. */
  of(uid: string): RunningConsole[]
  /** Ends those whose VM is not what it was. */
  vmsChanged(uids: Iterable<string>, vmNamed: VmNamed): void
  /** Ends all consoles of a sign-in that ended. */
  sessionGone(session: string): void
  /** Looks at all of them and their VMs; to be called about every second. */
  tick(vmNamed: VmNamed): void
  endAll(reason: CloseReason): void
}

const PING_EVERY = 25_000
/** A browser that did not even answer a ping for so long is gone. */
const SILENT_FOR = 60_000
/** A browser that takes nothing of what waits for it for so long is not looking. */
const STUCK_FOR = 120_000
/** Whether a right still stands is asked about so often a second at most, for all consoles together. */
const REVIEWS_A_SECOND = 10
const REVIEW_SOONEST = 1_000
const REVIEW_LATEST = 30_000
/** A right that nobody could confirm for so long counts as gone. */
const UNCONFIRMED_FOR = 45_000

/** How long to wait between two reviews of a console (ms), where so many are open: a right that goes ends few at once. */
const reviewEvery = (open: number) =>
  Math.min(REVIEW_LATEST, Math.max(REVIEW_SOONEST, (open * 1_000) / REVIEWS_A_SECOND))

interface Kept {
  console: RunningConsole
  pingedAt: number
  reviewedAt: number
  reviewing: boolean
  confirmedAt: number
  /** What the last review said instead of yes. */
  doubt: CloseReason | null
}

/** The watch may be a little behind what was read when the console was opened. */
const WATCH_BEHIND = 1_000

function overdue({ console }: Kept, { idleMs, longestMs }: ConsoleLimits, at: number): CloseReason | null {
  const stuck = console.stuckSince()
  if (longestMs > 0 && at - console.openedAt >= longestMs) return 'time-limit'
  if (idleMs > 0 && at - console.lastMovedAt() >= idleMs) return 'idle'
  if (at - console.lastHeardAt() >= SILENT_FOR) return 'too-slow'
  return stuck !== null && at - stuck >= STUCK_FOR ? 'too-slow' : null
}

/** All consoles that are open in this process. */
export function createOpenConsoles(limits: ConsoleLimits, now: () => number): OpenConsoles {
  const kept = new Map<RunningConsole, Kept>()
  const ofWhom = (who: string) => [...kept.keys()].filter(({ admission }) => admission.who === who)

  const review = async (one: Kept) => {
    one.reviewedAt = now()
    one.reviewing = true
    try {
      await one.console.review()
      one.confirmedAt = now()
      one.doubt = null
    } catch (error) {
      const denied = error instanceof Refused && error.problem.code === 'forbidden'
      // A cluster that says nothing has not said no: what the page tells is what is known.
      const why = error instanceof Refused ? refusedReason(error) : 'cluster-silent'
      // Who is not known once may be known a second later; who is not known twice is signed in no more.
      if (denied || (why === 'rights-gone' && one.doubt === why)) one.console.end(why)
      one.doubt = why
    } finally {
      one.reviewing = false
    }
  }
  const endIfChanged = (console: RunningConsole, vmNamed: VmNamed) => {
    const { namespace, name } = console.admission
    const reason = endReason(console.admission, vmNamed(namespace, name))
    if (reason !== null) console.end(reason)
  }

  return {
    hasRoomFor: (who) => kept.size < limits.total && ofWhom(who).length < limits.perUser,
    add(console) {
      const at = now()
      const times = { pingedAt: at, reviewedAt: at, confirmedAt: at }
      kept.set(console, { console, ...times, reviewing: false, doubt: null })
    },
    remove: (console) => kept.delete(console),
    has: (console) => kept.has(console),
    count: (kind) => [...kept.keys()].filter(({ admission }) => admission.kind === kind).length,
    of: (uid) => [...kept.keys()].filter(({ admission }) => admission.uid === uid),
    vmsChanged(uids, vmNamed) {
      const changed = new Set(uids)
      for (const console of kept.keys()) {
        if (changed.has(console.admission.uid)) endIfChanged(console, vmNamed)
      }
    },
    sessionGone(session) {
      for (const console of kept.keys()) {
        if (console.admission.session === session) console.end('rights-gone')
      }
    },
    tick(vmNamed) {
      const at = now()
      for (const [console, one] of kept) {
        const reason = overdue(one, limits, at)
        if (reason !== null) {
          console.end(reason)
          continue
        }
        if (at - console.openedAt >= WATCH_BEHIND) endIfChanged(console, vmNamed)
        if (at - one.pingedAt >= PING_EVERY) {
          one.pingedAt = at
          console.ping()
        }
        // A machine that slept has not asked yet.
        const asked = one.reviewing || one.doubt !== null
        if (asked && at - one.confirmedAt >= UNCONFIRMED_FOR) console.end(one.doubt ?? 'cluster-silent')
        else if (!one.reviewing && at - one.reviewedAt >= reviewEvery(kept.size)) void review(one)
      }
    },
    endAll(reason) {
      for (const console of kept.keys()) console.end(reason)
    },
  }
}
