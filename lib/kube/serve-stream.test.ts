import { createServer } from 'node:http'
import type { Server, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { emptyTables } from '../fleet/row-changes.ts'
import { createFleetStream } from './fleet-stream.ts'
import { serveStream, STREAM_PATH } from './serve-stream.ts'

const FRESH = { state: 'live', provenAt: 1, message: '' } as const
const freshness = () => ({ pods: FRESH, cocoonsets: FRESH, cocoonhibernations: FRESH, nodes: FRESH })

const opened: { server: Server; sockets: Socket[] }[] = []

async function serve() {
  const stream = createFleetStream({
    epoch: 'e1',
    cluster: { kind: 'demo', name: 'test' },
    tables: emptyTables(),
    freshness,
  })
  const responses: ServerResponse[] = []
  const server = createServer((request, response) => {
    responses.push(response)
    void serveStream(stream, request, response)
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
})
