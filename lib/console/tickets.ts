import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { ConsoleKind } from '../fleet/console/answer.ts'

/** What one ticket opens: this console of this very VM at this address, for whoever asked. */
export interface Admission {
  kind: ConsoleKind
  /** Who asked, and the sign-in by which they did. */
  who: string
  session: string
  namespace: string
  name: string
  uid: string
  /** Where its screen was when the ticket was issued; null for a shell, which the API server finds. */
  endpoint: { host: string; port: number } | null
  /** By which its page knows it among the viewers of the VM (presence.ts). */
  viewer?: string
}

export interface IssuedTicket {
  /** 256 random bits, base64url. To be told once, and never written anywhere. */
  ticket: string
  expiresAt: number
}

export interface Tickets {
  /** Null when too many are outstanding. */
  issue(admission: Admission): IssuedTicket | null
  /** What it opens, the first time that it is shown and in its time; null for anything else. */
  redeem(ticket: string): Admission | null
}

const LIFE_MS = 30_000
const OUTSTANDING = 4_096
const OUTSTANDING_PER_WHO = 256

const digestOf = (ticket: string) => createHash('sha256').update(ticket).digest()

interface Held {
  digest: Buffer
  admission: Admission
  expiresAt: number
}

/** One-time tickets in memory. Only digests are kept, so that a look into the memory tells none. */
export function createTickets(now: () => number = Date.now): Tickets {
  /** By the digest: a search that takes longer for one digest than for another tells nothing about the ticket. */
  const held = new Map<string, Held>()
  const dropExpired = () => {
    // In the order of their issue, which is the order of their end.
    for (const [key, { expiresAt }] of held) {
      if (expiresAt > now()) return
      held.delete(key)
    }
  }
  const ofWhom = (who: string) => [...held.values()].filter(({ admission }) => admission.who === who).length

  return {
    issue(admission) {
      dropExpired()
      if (held.size >= OUTSTANDING || ofWhom(admission.who) >= OUTSTANDING_PER_WHO) return null
      const ticket = randomBytes(32).toString('base64url')
      const digest = digestOf(ticket)
      const expiresAt = now() + LIFE_MS
      held.set(digest.toString('base64'), { digest, admission, expiresAt })
      return { ticket, expiresAt }
    },
    redeem(ticket) {
      dropExpired()
      const digest = digestOf(ticket)
      const key = digest.toString('base64')
      const found = held.get(key)
      held.delete(key)
      return found !== undefined && timingSafeEqual(found.digest, digest) ? found.admission : null
    },
  }
}
