import { createServer } from 'node:http'
import type { Server, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { emptyTables } from '../fleet/row-changes.ts'
import { createFleetStream } from './fleet-stream.ts'
import { createOpenStreams } from './open-streams.ts'
import { serveStream, STREAM_PATH } from './serve-stream.ts'
import type { ServeStreamOptions } from './serve-stream.ts'

const FRESH = { state: 'live', provenAt: 1, message: '' } as const
const freshness = () => ({ pods: FRESH, cocoonsets: FRESH, cocoonhibernations: FRESH, nodes: FRESH })

const opened: { server: Server; sockets: Socket[] }[] = []

/** More than the kernel takes for somebody who does not read. */
const MEGABYTE = 1024 * 1024
const HUGE = 24 * MEGABYTE

async function serve(stuckMs?: number, more: ServeStreamOptions = {}) {
  const stream = createFleetStream({
    epoch: 'e1',
    // The snapshot, which is what a client gets that is far behind, is as long as this.
    cluster: { kind: 'demo', name: stuckMs === undefined ? 'test' : 'x'.repeat(HUGE) },
    tables: emptyTables(),
    freshness,
  })
  const responses: ServerResponse[] = []
  const server = createServer((request, response) => {
    responses.push(response)
    const source = {
      admit: async () => ({ who: 'ada', users: 1, open: async (id: string | null) => stream.open(id) }),
    }
    void serveStream(source, request, response, stuckMs === undefined ? more : { stuckMs })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const sockets: Socket[] = []
  opened.push({ server, sockets })
  return { stream, port, sockets, responses }
}

afterEach(() => {
  for (const { server, sockets } of opened.splice(0)) {
    for (const socket of sockets) socket.destroy()
    server.closeAllConnections()
    server.close()
  }
})

const note = (text: string) => ({ vms: { set: [{ uid: 'u', message: text }] } })

describe('serveStream', () => {
  it.each([
    ['gzip, br', 'gzip'],
    ['identity', null],
  ])('answers Accept-Encoding %s with %s, and the fleet', async (accepted, encoding) => {
    const { port, stream } = await serve()
    const answer = await fetch(`http://127.0.0.1:${port}${STREAM_PATH}`, {
      headers: { 'accept-encoding': accepted },
    })
    expect(answer.headers.get('content-encoding')).toBe(encoding)
    expect(answer.headers.get('cache-control')).toBe('no-store, no-transform')
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader?.read())?.value).toContain('event: snapshot\nid: e1-0\n')
    await reader?.cancel()
    await vi.waitFor(() => expect(stream.readers()).toBe(0))
  })

  it('refuses what is not a GET', async () => {
    const { port } = await serve()
    const answer = await fetch(`http://127.0.0.1:${port}${STREAM_PATH}`, { method: 'POST' })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET'])
  })

  it('waits for a client that does not read, without piling up listeners or bytes', async () => {
    const { stream, port, sockets, responses } = await serve()
    const socket = connect(port, '127.0.0.1')
    sockets.push(socket)
    socket.pause()
    socket.write(`GET ${STREAM_PATH} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: identity\r\n\r\n`)
    await vi.waitFor(() => expect(stream.readers()).toBe(1))
    const large = 'x'.repeat(256 * 1024)
    for (let change = 0; change < 100; change += 1) {
      stream.publish(note(large))
      await new Promise((resolve) => setImmediate(resolve))
    }
    const [response] = responses
    expect(response?.listenerCount('drain')).toBeLessThanOrEqual(2)
    expect(response?.listenerCount('close')).toBeLessThanOrEqual(6)
    expect(response?.writableLength).toBeLessThan(2 * 1024 * 1024)
    socket.destroy()
    await vi.waitFor(() => expect(stream.readers()).toBe(0))
  })

  it('refuses more than somebody may have, and says so', async () => {
    const streams = createOpenStreams(1)
    const { port, stream } = await serve(undefined, { streams })
    const open = () => fetch(`http://127.0.0.1:${port}${STREAM_PATH}`)
    const first = await open()
    const second = await open()
    expect([first.status, second.status, second.headers.get('retry-after')]).toEqual([200, 429, '10'])
    expect(await second.json()).toMatchObject({
      code: 'rate-limited',
      detail: expect.stringContaining('STREAMS_PER_USER') as unknown,
    })
    await first.body?.cancel()
    await vi.waitFor(() => expect(stream.readers()).toBe(0))
    const third = await open()
    expect(third.status).toBe(200)
    await third.body?.cancel()
  })

  it('lets a client go that takes nothing of what waits for it', async () => {
    const { stream, port, sockets } = await serve(200)
    const socket = connect(port, '127.0.0.1')
    sockets.push(socket)
    const ended = new Promise((resolve) => socket.on('close', resolve).on('error', () => {}))
    socket.pause()
    socket.write(`GET ${STREAM_PATH} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: identity\r\n\r\n`)
    await vi.waitFor(() => expect(stream.readers()).toBe(1))
    await vi.waitFor(() => expect(stream.readers()).toBe(0), { timeout: 10_000 })
    socket.resume()
    await ended
  })

  it('keeps a client that is slow, and one to whom there is nothing to say', async () => {
    const { stream, port, sockets, responses } = await serve(400)
    const slow = connect(port, '127.0.0.1')
    sockets.push(slow)
    slow.write(`GET ${STREAM_PATH} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: identity\r\n\r\n`)
    let taken = 0
    slow.on('data', (bytes) => {
      const pause = Math.floor(taken / MEGABYTE) < Math.floor((taken + bytes.length) / MEGABYTE)
      taken += bytes.length
      if (!pause) return
      slow.pause()
      setTimeout(() => slow.resume(), 100)
    })
    await vi.waitFor(() => expect(taken).toBeGreaterThan(HUGE), { timeout: 15_000 })
    // Twice as long as a client may be stuck, in which nothing is to be said.
    await new Promise((resolve) => setTimeout(resolve, 800))
    expect(stream.readers()).toBe(1)
    expect(responses[0]?.destroyed).toBe(false)
  })
})
