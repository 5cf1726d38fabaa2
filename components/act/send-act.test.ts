import { afterEach, describe, expect, it, vi } from 'vitest'
import { remedyOf } from './problem-words.ts'
import { newKey, NotDone, outcomeIsOpen, sendAct } from './send-act.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

const answers = (status: number, body: string) =>
  vi.stubGlobal(
    'fetch',
    vi.fn(() => Promise.resolve(new Response(body, { status }))),
  )

const refusalOf = async () => {
  const error: unknown = await sendAct('/api/x', { uid: 'u' }, 'k').catch((thrown: unknown) => thrown)
  if (!(error instanceof NotDone)) throw new Error('it was not refused')
  return error
}

describe('sendAct', () => {
  it('sends the body as JSON under its key, and gives the answer', async () => {
    answers(200, '{"seen":true}')
    expect(await sendAct('/api/x', { uid: 'u' }, 'k')).toEqual({ seen: true })
    expect(fetch).toHaveBeenCalledExactlyOnceWith('/api/x', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'k' },
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

  it('makes keys that the server takes, another one each time', () => {
    expect(newKey()).toMatch(/^[0-9a-f]{32}$/)
    expect(newKey()).not.toBe(newKey())
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
