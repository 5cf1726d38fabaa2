import { Refused } from '../problem.ts'
import { newAttempt } from './attempt.ts'
import type { Attempt } from './attempt.ts'

/** What one request was answered. */
export interface KeptAnswer {
  status: number
  /** The JSON document. */
  text: string
}

/** The answers to requests with an Idempotency-Key, for as long as somebody may ask again (design 4, promise C2). */
export interface KeptAnswers {
  /**
   * Answers a request once: whoever comes with the same key and the same request, now or later, gets the same
   * answer, and waits for it while the first is still being answered. Only an outcome that nobody knows is found
   * out anew: `work` then continues the same attempt.
   * @param who whose key it is: those of others are other keys
   * @param request everything that makes it this request; a digest will do
   * @throws Refused when the key was used for another request, or too many are being answered
   */
  once(
    who: string,
    key: string,
    request: string,
    work: (attempt: Attempt) => Promise<KeptAnswer>,
  ): Promise<KeptAnswer>
}

interface Entry {
  request: string
  at: number
  attempt: Attempt
  answer: Promise<KeptAnswer>
  /** undefined while it is being answered */
  settled?: KeptAnswer
}

const KEEP_MS = 15 * 60_000
const MAX_ENTRIES = 4_096
/** Nothing was done, and the next try may well succeed: these are not kept. */
const NOTHING_DONE: ReadonlySet<number> = new Set([429, 503])
const MAX_CHARACTERS = 16 * 1024 * 1024

const reused = () =>
  new Refused({
    status: 422,
    code: 'idempotency-key-reused',
    title: 'The key was used for another request',
    detail: 'This Idempotency-Key came with another request before. Use a new key for each new request.',
    field: 'Idempotency-Key',
  })

const crowded = () =>
  new Refused({
    status: 429,
    code: 'rate-limited',
    title: 'Too many requests are being answered',
    detail: `${MAX_ENTRIES} requests with an Idempotency-Key are still being answered; try again in a moment.`,
    retryAfter: 1,
  })

/** What is kept of one person, the oldest first. */
interface Share {
  entries: Map<string, Entry>
  /** How many of them are answered, and how long their answers are together. */
  settled: number
  characters: number
}

/**
 * Keeps at most 4,096 answers of 16 MiB in all, each for a quarter of an hour. Where there is no room for more, whoever has
 * most of it loses their oldest: nobody makes another one's request be done twice.
 */
export function createKeptAnswers(now: () => number = Date.now): KeptAnswers {
  const shares = new Map<string, Share>()
  let size = 0
  let characters = 0

  const count = (share: Share, settled: KeptAnswer, sign: 1 | -1) => {
    share.settled += sign
    share.characters += sign * settled.text.length
    characters += sign * settled.text.length
  }
  const forget = (who: string, key: string, entry: Entry) => {
    const share = shares.get(who)
    if (share?.entries.get(key) !== entry) return
    share.entries.delete(key)
    size -= 1
    if (entry.settled) count(share, entry.settled, -1)
    if (share.entries.size === 0) shares.delete(who)
  }
  const dropExpired = () => {
    for (const [who, { entries }] of shares) {
      for (const [key, entry] of entries) {
        if (now() - entry.at <= KEEP_MS) break
        if (entry.settled) forget(who, key, entry)
      }
    }
  }
  /** False when nothing can be let go. */
  const dropOldestOfLargest = (weight: 'settled' | 'characters') => {
    let most: [string, Share] | undefined
    for (const each of shares) if (each[1][weight] > (most?.[1][weight] ?? 0)) most = each
    if (most === undefined) return false
    const [who, { entries }] = most
    for (const [key, entry] of entries) {
      if (entry.settled === undefined) continue
      forget(who, key, entry)
      return true
    }
    return false
  }
  const tooMuch = () => (size >= MAX_ENTRIES ? 'settled' : characters > MAX_CHARACTERS ? 'characters' : null)
  const makeRoom = () => {
    if (tooMuch() !== null) dropExpired()
    for (;;) {
      const weight = tooMuch()
      if (weight === null || !dropOldestOfLargest(weight)) return
    }
  }
  const begin = (
    who: string,
    key: string,
    request: string,
    attempt: Attempt,
    work: Parameters<KeptAnswers['once']>[3],
  ) => {
    const entry: Entry = { request, at: now(), attempt, answer: work(attempt) }
    const share = shares.get(who) ?? { entries: new Map<string, Entry>(), settled: 0, characters: 0 }
    shares.set(who, share)
    share.entries.set(key, entry)
    size += 1
    const drop = () => forget(who, key, entry)
    const keep = (settled: KeptAnswer) => {
      if (NOTHING_DONE.has(settled.status)) return drop()
      entry.settled = settled
      count(share, settled, 1)
    }
    entry.answer.then(keep, drop)
    return entry.answer
  }

  return {
    async once(who, key, request, work) {
      const there = shares.get(who)?.entries.get(key)
      const known = there !== undefined && (there.settled === undefined || now() - there.at <= KEEP_MS)
      if (known) {
        if (there.request !== request) throw reused()
        if (there.settled === undefined || there.attempt.resume === undefined) return there.answer
        forget(who, key, there)
        return begin(who, key, request, there.attempt, work)
      }
      if (there) forget(who, key, there)
      makeRoom()
      if (size >= MAX_ENTRIES) throw crowded()
      return begin(who, key, request, newAttempt(), work)
    },
  }
}
