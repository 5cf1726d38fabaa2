import { afterEach, describe, expect, it, vi } from 'vitest'
import type { BulkLine } from '../../lib/fleet/writes/answer.ts'
import { NotDone } from '../act/send-act.ts'
import { sendBulk, stopBulk } from './bulk-request.ts'
import type { BulkRequest } from './bulk-request.ts'

const REQUEST: BulkRequest = {
  action: 'fork',
  given: { count: 2, replicas: 0, node: '' },
  targets: [{ namespace: 'ns', name: 'a', uid: 'u' }],
  key: 'k',
}
const NEVER = new AbortController().signal

/** A server that answers so, in these pieces. */
function serve(status: number, ...pieces: string[]) {
  const fetched = vi.fn<typeof fetch>(async () => {
    const encoder = new TextEncoder()
    const body = new ReadableStream({
      start(controller) {
        for (const piece of pieces) controller.enqueue(encoder.encode(piece))
        controller.close()
      },
    })
    return new Response(status === 204 ? null : body, { status })
  })
  vi.stubGlobal('fetch', fetched)
  return fetched
}
afterEach(() => vi.unstubAllGlobals())

const STARTED = '{"index":0,"state":"started"}\n'
const FINISHED = '{"state":"finished","done":1,"refused":0,"left":0}\n'

async function told(): Promise<BulkLine[]> {
  const all: BulkLine[] = []
  await sendBulk(REQUEST, NEVER, (lines) => all.push(...lines))
  return all
}

describe('a bulk request of the page', () => {
  it('hears each line, however the network cuts them', async () => {
    serve(200, STARTED.slice(0, 9), STARTED.slice(9) + FINISHED.slice(0, 3), FINISHED.slice(3))
    expect((await told()).map(({ state }) => state)).toEqual(['started', 'finished'])
  })

  it('sends what the action takes, and its key', async () => {
    const fetched = serve(200, FINISHED)
    await told()
    const [path, init] = fetched.mock.calls[0] ?? []
    expect(path).toBe('/api/bulk')
    expect(init?.headers).toMatchObject({ 'idempotency-key': 'k' })
    expect(init?.body).toBe('{"action":"fork","targets":[{"namespace":"ns","name":"a","uid":"u"}],"count":2}')
  })

  it('that is only tried has no key, and asks for no objects', async () => {
    const fetched = serve(200, FINISHED)
    await sendBulk({ ...REQUEST, key: null }, NEVER, () => undefined)
    const [path, init] = fetched.mock.calls[0] ?? []
    expect(path).toBe('/api/bulk?dryRun=true&preview=false')
    expect(init?.headers).not.toHaveProperty('idempotency-key')
  })

  it('says when the answer broke off', async () => {
    serve(200, STARTED, FINISHED.slice(0, 12))
    await expect(told()).rejects.toThrow('broke off')
  })

  it('has the problem of a list that was refused as a whole', async () => {
    serve(403, '{"code":"no-sign-in","title":"Nobody may act here"}')
    const failed = await told().catch((error: unknown) => error)
    expect(failed instanceof NotDone && failed.problem).toMatchObject({ code: 'no-sign-in', status: 403 })
  })

  it.each([
    [204, true],
    [404, false],
  ])('that is to stop and answered %i is told to: %s', async (status, expected) => {
    serve(status, '{}')
    expect(await stopBulk('k')).toBe(expected)
  })
})
