import { describe, expect, it } from 'vitest'
import { Refused } from '../problem.ts'
import type { Attempt } from './attempt.ts'
import { createKeptAnswers } from './kept-answers.ts'
import type { KeptAnswer } from './kept-answers.ts'

const ok = (text = 'done'): KeptAnswer => ({ status: 200, text })

/** Answers of which each is counted, and given when it is let. */
function rig() {
  let time = 0
  let works = 0
  const answers = createKeptAnswers(() => time)
  return {
    answers,
    pass: (ms: number) => (time += ms),
    works: () => works,
    ask: (
      key: string,
      request = 'r',
      answer: KeptAnswer | ((attempt: Attempt) => Promise<KeptAnswer>) = ok(),
      who = 'ada',
    ) =>
      answers.once(who, key, request, (attempt) => {
        works += 1
        return typeof answer === 'function' ? answer(attempt) : Promise.resolve(answer)
      }),
  }
}

const codeOf = (error: unknown) => (error instanceof Refused ? error.problem.code : error)

describe('a key', () => {
  it('has one effect and one answer, also while the first is being answered', async () => {
    const { ask, works } = rig()
    const { promise, resolve } = Promise.withResolvers<KeptAnswer>()
    const both = [ask('k', 'r', () => promise), ask('k')]
    resolve(ok('first'))
    expect(await Promise.all([...both, ask('k')])).toEqual([ok('first'), ok('first'), ok('first')])
    expect(works()).toBe(1)
  })

  it('is of one request', async () => {
    const { ask, works } = rig()
    await ask('k', 'one')
    expect(await ask('k', 'other').catch(codeOf)).toBe('idempotency-key-reused')
    await ask('l', 'other')
    expect(works()).toBe(2)
  })

  it('is of one person, whatever names and keys make of each other', async () => {
    const { ask, works } = rig()
    await ask('k 1', 'r', ok('of ada'), 'ada')
    expect(await ask('k 1', 'r', ok('of bob'), 'bob')).toEqual(ok('of bob'))
    expect(await ask('1', 'another', ok('of ada k'), 'ada k')).toEqual(ok('of ada k'))
    expect(works()).toBe(3)
  })

  it('keeps refusals as well, but not those after which another try may do', async () => {
    const { ask, works } = rig()
    await ask('k', 'r', { status: 409, text: 'no' })
    expect(await ask('k')).toEqual({ status: 409, text: 'no' })
    await ask('busy', 'r', { status: 503, text: 'busy' })
    expect(await ask('busy')).toEqual(ok())
    expect(works()).toBe(3)
  })

  it('forgets what went wrong inside', async () => {
    const { ask } = rig()
    await expect(ask('k', 'r', () => Promise.reject(new Error('bug')))).rejects.toThrow('bug')
    expect(await ask('k')).toEqual(ok())
  })

  it('expires', async () => {
    const { ask, works, pass } = rig()
    await ask('k')
    pass(15 * 60_000)
    await ask('k')
    expect(works()).toBe(1)
    pass(1)
    await ask('k', 'another')
    expect(works()).toBe(2)
  })

  it('goes on with the same attempt where nobody knows the outcome', async () => {
    const { ask } = rig()
    const attempts: Attempt[] = []
    const unknown = (attempt: Attempt) => {
      attempts.push(attempt)
      attempt.resume = () => Promise.resolve(null)
      return Promise.resolve({ status: 504, text: 'unknown' })
    }
    await ask('k', 'r', unknown)
    const known = await ask('k', 'r', (attempt) => {
      attempts.push(attempt)
      delete attempt.resume
      return Promise.resolve(ok('found out'))
    })
    expect([known, await ask('k')]).toEqual([ok('found out'), ok('found out')])
    expect(attempts[0]).toBe(attempts[1])
  })
})

describe('the memory', () => {
  it('lets the oldest go when it is full', async () => {
    const { ask, works } = rig()
    for (let at = 0; at <= 4_096; at += 1) await ask(`k${at}`)
    await ask('k4096')
    expect(works()).toBe(4_097)
    await ask('k0')
    expect(works()).toBe(4_098)
  })

  it.each([
    ['many', 3 * 4_096, ok()],
    ['large', 40, ok('x'.repeat(1024 * 1024))],
  ])('lets go of those of whoever has %s, and of nobody else’s', async (_, count, answer) => {
    const { ask, works } = rig()
    for (const who of ['ada', 'bob']) await ask('k', 'r', ok('theirs'), who)
    for (let at = 0; at < count; at += 1) await ask(`k${at}`, 'r', answer, 'mallory')
    const before = works()
    for (const who of ['ada', 'bob']) expect(await ask('k', 'r', ok('again'), who)).toEqual(ok('theirs'))
    expect(works()).toBe(before)
    await ask('k0', 'r', answer, 'mallory')
    expect(works()).toBe(before + 1)
  })

  it('lets the oldest go when they are too large together', async () => {
    const { ask, works } = rig()
    const large = ok('x'.repeat(6 * 1024 * 1024))
    for (const key of ['a', 'b', 'c', 'd']) await ask(key, 'r', large)
    await ask('d', 'r', large)
    expect(works()).toBe(4)
    await ask('a', 'r', large)
    expect(works()).toBe(5)
  })

  it('refuses what it has no room for, rather than forget what is going on', async () => {
    const { ask } = rig()
    const { promise, resolve } = Promise.withResolvers<KeptAnswer>()
    const going = Array.from({ length: 4_096 }, (_, at) => ask(`k${at}`, 'r', () => promise))
    expect(await ask('one more').catch(codeOf)).toBe('rate-limited')
    resolve(ok())
    await Promise.all(going)
    expect(await ask('one more')).toEqual(ok())
  })
})
