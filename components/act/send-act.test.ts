import { afterEach, describe, expect, it, vi } from 'vitest'
import { remedyOf } from './problem-words.ts'
import { newKey, NotDone, outcomeIsOpen, sendAct, tryAct } from './send-act.ts'
import { trialOutcome } from './trial-outcome.ts'

const MARK = { 'x-requested-with': 'cocoon' }

afterEach(() => {
  vi.unstubAllGlobals()
})

const REQUEST = { path: '/api/x', body: { uid: 'u' } }

const answers = (status: number, body: string) =>
  vi.stubGlobal(
    'fetch',
    vi.fn(() => Promise.resolve(new Response(body, { status }))),
  )

const refusalOf = async () => {
  const error: unknown = await sendAct(REQUEST, 'k').catch((thrown: unknown) => thrown)
  if (!(error instanceof NotDone)) throw new Error('it was not refused')
  return error
}

describe('sendAct', () => {
  it('sends the body as JSON under its key, and gives the answer', async () => {
    answers(200, '{"seen":true}')
    expect(await sendAct(REQUEST, 'k')).toEqual({ seen: true })
    expect(fetch).toHaveBeenCalledExactlyOnceWith('/api/x', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'k', ...MARK },
      body: '{"uid":"u"}',
      signal: expect.any(AbortSignal) as AbortSignal,
    })
  })

  it.each([
    [409, '{"status":409,"code":"conflict","title":"T","detail":"D"}', 'T', false],
    [422, 'not JSON', 'The server answered 422 without saying why', false],
    [200, 'not JSON', 'The server answered 200 without saying why', true],
    [429, '{}', 'The server answered 429 without saying why', true],
    [504, '{"code":"outcome-unknown","title":"T"}', 'T', true],
  ])('of %i %s says "%s"', async (status, body, title, open) => {
    answers(status, body)
    const refusal = await refusalOf()
    expect(refusal.problem).toMatchObject({ status, title })
    expect(outcomeIsOpen(refusal)).toBe(open)
  })

  it('says that nobody knows when there is no answer', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
    const refusal = await refusalOf()
    expect(refusal.message).toContain('Nobody knows whether it was done (Failed to fetch)')
    expect(outcomeIsOpen(refusal)).toBe(true)
  })

  it('says that nobody knows when the answer breaks off', async () => {
    const body = new ReadableStream({
      pull: (controller) => controller.error(new TypeError('network error')),
    })
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, { status: 200 })))
    const refusal = await refusalOf()
    expect(refusal.message).toContain('Nobody knows whether it was done (network error)')
    expect(outcomeIsOpen(refusal)).toBe(true)
  })

  it('sends a deletion without a body by its own method', async () => {
    answers(200, '{"seen":true}')
    await sendAct({ method: 'DELETE', path: '/api/x?uid=u' }, 'k')
    expect(fetch).toHaveBeenCalledExactlyOnceWith('/api/x?uid=u', {
      method: 'DELETE',
      headers: { 'idempotency-key': 'k', ...MARK },
      signal: expect.any(AbortSignal) as AbortSignal,
    })
  })

  it('makes keys that the server takes, another one each time', () => {
    expect(newKey()).toMatch(/^[0-9a-f]{32}$/)
    expect(newKey()).not.toBe(newKey())
  })
})

describe('tryAct', () => {
  it.each([
    ['/api/x', '/api/x?dryRun=true'],
    ['/api/x?uid=u', '/api/x?uid=u&dryRun=true'],
  ])('of %s asks %s, under no key', async (path, asked) => {
    answers(200, '{"dryRun":true}')
    await tryAct({ path, body: { uid: 'u' } }, new AbortController().signal)
    expect(fetch).toHaveBeenCalledExactlyOnceWith(asked, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...MARK },
      body: '{"uid":"u"}',
      signal: expect.any(AbortSignal) as AbortSignal,
    })
  })
})

describe('trialOutcome', () => {
  it.each([
    [{ status: 403, code: 'admission-denied' as const }, 'refused'],
    [{ status: 422 }, 'refused'],
    [{ status: 409 }, 'refused'],
    [{ status: 503, code: 'unavailable' as const }, 'untried'],
    [{ status: 429 }, 'untried'],
    [{}, 'untried'],
    [{ status: 400, detail: 'admission webhook "x" does not support dry run.' }, 'untried'],
  ])('of %o is that it was %s', (problem, state) => {
    expect(trialOutcome(new NotDone(problem))).toEqual({ state, problem })
  })
})

describe('remedyOf', () => {
  it.each([
    ['conflict', 'Look at what changed, then ask again.'],
    ['not-possible', ''],
    ['constructor', ''],
    [undefined, ''],
  ])('of %s is "%s"', (code, expected) => {
    expect(remedyOf({ code } as object)).toBe(expected)
  })
})
