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
   * @param request everything that makes it this request; a digest will do
   * @throws Refused when the key was used for another request, or too many are being answered
   */
  once(key: string, request: string, work: (attempt: Attempt) => Promise<KeptAnswer>): Promise<KeptAnswer>
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

/** Keeps at most 4,096 answers of 16 MiB in all, each for a quarter of an hour. */
export function createKeptAnswers(now: () => number = Date.now): KeptAnswers {
  const entries = new Map<string, Entry>()
  let characters = 0

  const forget = (key: string, { settled }: Entry) => {
    entries.delete(key)
    characters -= settled?.text.length ?? 0
  }
  const makeRoom = () => {
    for (const [key, entry] of entries) {
      const expired = now() - entry.at > KEEP_MS
      if (!expired && entries.size < MAX_ENTRIES && characters <= MAX_CHARACTERS) return
      if (entry.settled) forget(key, entry)
    }
  }
  const begin = (
    key: string,
    request: string,
    attempt: Attempt,
    work: Parameters<KeptAnswers['once']>[2],
  ) => {
    const entry: Entry = { request, at: now(), attempt, answer: work(attempt) }
    // Last in the order of age.
    entries.delete(key)
    entries.set(key, entry)
    const drop = () => entries.get(key) === entry && entries.delete(key)
    const keep = (settled: KeptAnswer) => {
      if (NOTHING_DONE.has(settled.status)) return drop()
      entry.settled = settled
      characters += settled.text.length
    }
    entry.answer.then(keep, drop)
    return entry.answer
  }

  return {
    async once(key, request, work) {
      const there = entries.get(key)
      const known = there !== undefined && (there.settled === undefined || now() - there.at <= KEEP_MS)
      if (known) {
        if (there.request !== request) throw reused()
        if (there.settled === undefined || there.attempt.resume === undefined) return there.answer
        forget(key, there)
        return begin(key, request, there.attempt, work)
      }
      if (there) forget(key, there)
      makeRoom()
      if (entries.size >= MAX_ENTRIES) throw crowded()
      return begin(key, request, newAttempt(), work)
    },
  }
}
