import { expect, it } from 'vitest'
import { ALL_SIGHT } from '../fleet/sight.ts'
import { noSignIn } from './no-sign-in.ts'
import type { Transport } from './transport.ts'

const transport = { server: 'http://127.0.0.1:1' } as object as Transport
const headersTo = (host: string | null) => new Headers(host === null ? {} : { host })

it.each([
  [false, 'localhost:3000'],
  [false, '127.0.0.1:3000'],
  [false, '[::1]:3000'],
  [false, 'localhost'],
  [false, null],
  [true, 'evil.example'],
])('with everybody allowed %s, one who comes by %s is the dashboard', async (everybody, host) => {
  const caller = await noSignIn(transport, everybody).callerOf(headersTo(host))
  expect(caller).toMatchObject({ name: 'the dashboard', session: '', transport })
  expect(await caller.sight()).toEqual(ALL_SIGHT)
})

it.each(['evil.example:3000', 'localhost.evil.example', '127.0.0.1.evil.example:3000', ''])(
  'one who comes by %j is refused where only this machine may come',
  async (host) => {
    await expect(noSignIn(transport).callerOf(headersTo(host))).rejects.toMatchObject({
      problem: { status: 403, code: 'no-sign-in' },
    })
  },
)
