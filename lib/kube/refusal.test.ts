import { describe, expect, it } from 'vitest'
import type { ApiResponse } from './api-response.ts'
import { isJson, readRefusal, refusalOf } from './refusal.ts'

function answer(status: number, body: string, headers: Record<string, string> = {}): ApiResponse {
  return {
    status,
    headers,
    async *lines() {
      yield Buffer.from(body)
    },
    async *chunks() {
      yield Buffer.from(body)
    },
    text: () => Promise.resolve(body),
    json: () => Promise.resolve(JSON.parse(body)),
    discard: () => undefined,
  }
}

describe('a refusal', () => {
  it.each([
    [
      { code: 410, reason: 'Expired', message: 'too old' },
      { status: 410, words: 'Expired: too old', tooLarge: false },
    ],
    [{ code: 'x' }, { status: 500, words: '' }],
    [{ message: 7, reason: null }, { words: '' }],
    [{ code: 429, details: { retryAfterSeconds: 3 } }, { retryAfterMs: 3_000 }],
    [{ code: 429, details: { retryAfterSeconds: -3 } }, { retryAfterMs: 0 }],
    [{ code: 429, details: { retryAfterSeconds: 'soon' } }, { retryAfterMs: 0 }],
    [{ code: 504, details: { causes: [{ reason: 'ResourceVersionTooLarge' }] } }, { tooLarge: true }],
    [{ code: 504, message: 'Too large resource version: 9, current: 8' }, { tooLarge: true }],
    [{ code: 504, details: { causes: [null, 'x'] } }, { tooLarge: false }],
  ])('%j', (status, expected) => {
    expect(refusalOf(status as never)).toMatchObject(expected)
  })

  it('is the status of the answer, whatever the body claims', async () => {
    const refusal = await readRefusal(answer(403, '{"code":200,"message":"pods is forbidden"}'), 0, 1_000)
    expect(refusal).toMatchObject({ status: 403, words: 'pods is forbidden' })
  })

  it('may come from a proxy, as a page', async () => {
    const refusal = await readRefusal(answer(502, '<html><h1>Bad  Gateway</h1></html>'), 0, 1_000)
    expect(refusal).toMatchObject({ status: 502, words: 'Bad Gateway' })
  })

  it('honours the longer of its two wishes, within the cap', async () => {
    const body = '{"details":{"retryAfterSeconds":2}}'
    const wait = async (header: string) =>
      (await readRefusal(answer(429, body, { 'retry-after': header }), 0, 60_000)).retryAfterMs
    expect([await wait('1'), await wait('5'), await wait('9999')]).toEqual([2_000, 5_000, 60_000])
  })

  it('survives a body that breaks off', async () => {
    const broken: ApiResponse = {
      ...answer(500, ''),
      // eslint-disable-next-line require-yield
      async *lines() {
        throw new Error('cut')
      },
    }
    expect(await readRefusal(broken, 0, 1_000)).toMatchObject({ status: 500, words: 'cut' })
  })

  it.each([
    ['application/json', true],
    ['application/json; charset=utf-8', true],
    ['application/json;stream=watch', true],
    ['application/vnd.kubernetes+json', true],
    ['text/html', false],
    ['application/jsonp', false],
    ['', false],
  ])('%s is JSON: %s', (type, expected) => {
    expect(isJson(answer(200, '', { 'content-type': type }))).toBe(expected)
  })
})
