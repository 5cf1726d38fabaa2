import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ClusterConfig } from './cluster-config.ts'
import { createTransport, type Transport } from './transport.ts'

let server: Server | undefined
let transport: Transport | undefined
const sockets = new Set<Socket>()
afterEach(async () => {
  transport?.close()
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => {
    if (server) server.close(resolve)
    else resolve(undefined)
  })
  sockets.clear()
  server = undefined
})

const TOKEN = 'Bearer the-token'

async function serve(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  more: Partial<ClusterConfig> = {},
): Promise<Transport> {
  server = createServer(handle)
  server.on('connection', (socket: Socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  transport = createTransport({
    name: 'test',
    server: `http://127.0.0.1:${port}`,
    describe: 'test',
    credentials: () => Promise.resolve({ headers: { Authorization: TOKEN } }),
    renew: () => undefined,
    ...more,
  })
  return transport
}

const collect = async (lines: AsyncIterable<Buffer>) => {
  const all: string[] = []
  for await (const line of lines) all.push(line.toString())
  return all
}

describe('the transport', () => {
  it('uses one connection for requests one after another', async () => {
    const api = await serve((_, response) => response.end('{}'))
    for (let request = 0; request < 5; request += 1) await (await api.open({ path: '/api' })).json()
    expect(sockets.size).toBe(1)
  })

  it('sends who it is, as whom, and what it wants', async () => {
    const seen: IncomingMessage[] = []
    const api = await serve((request, response) => {
      seen.push(request)
      response.end()
    })
    const query = { limit: 5, watch: true, empty: '', absent: undefined, text: 'a b&c' }
    await (await api.open({ path: '/api/v1/pods', query, accept: 'application/json;as=Table' })).text()
    await (
      await api.open({
        method: 'POST',
        path: '/x',
        body: '{"ö":1}',
        headers: { 'Content-Type': 'application/json' },
      })
    ).text()
    expect(seen[0]?.url).toBe('/api/v1/pods?limit=5&watch=true&empty=&text=a+b%26c')
    expect(seen[0]?.headers).toMatchObject({
      authorization: TOKEN,
      accept: 'application/json;as=Table',
      'accept-encoding': 'gzip',
    })
    expect(seen[0]?.headers['user-agent']).toMatch(/^cocoon-dashboard\/\d/)
    expect(seen[1]).toMatchObject({ method: 'POST', url: '/x' })
    expect(seen[1]?.headers).toMatchObject({ 'content-length': '8', 'content-type': 'application/json' })
  })

  it('unpacks gzip, for lines as for JSON', async () => {
    const api = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"a":"北京"}\n{"b":2}'))
    })
    expect(await collect((await api.open({ path: '/' })).lines())).toEqual(['{"a":"北京"}', '{"b":2}'])
    await expect((await api.open({ path: '/' })).json()).rejects.toThrow(SyntaxError)
  })

  it('throws when a packed body breaks off', async () => {
    const api = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(1_000)).subarray(0, 15))
    })
    await expect((await api.open({ path: '/' })).text()).rejects.toThrow(/unexpected end/)
  })

  it('yields whole lines, and throws when the connection is cut', async () => {
    const api = await serve((_, response) => {
      response.write('one\ntw')
      response.write('o\nthr', () => response.socket?.resetAndDestroy())
    })
    const lines: string[] = []
    const read = async () => {
      for await (const line of (await api.open({ path: '/', compressed: false })).lines())
        lines.push(line.toString())
    }
    await expect(read()).rejects.toThrow(/aborted|ECONNRESET/)
    expect(lines.every((line) => ['one', 'two'].includes(line))).toBe(true)
  })

  it('tries once more when a kept connection turns out to be closed', async () => {
    let requests = 0
    const api = await serve((_, response) => {
      requests += 1
      if (requests === 2) response.socket?.resetAndDestroy()
      else response.end('{}')
    })
    await (await api.open({ path: '/' })).text()
    expect((await api.open({ path: '/' })).status).toBe(200)
    expect(requests).toBe(3)
  })

  it('does not repeat a write, nor a first try', async () => {
    let requests = 0
    const api = await serve((request, response) => {
      requests += 1
      if (request.url === '/cut') response.socket?.resetAndDestroy()
      else response.end('{}')
    })
    await expect(api.open({ path: '/cut' })).rejects.toThrow(/ECONNRESET|hang up/)
    await (await api.open({ path: '/' })).text()
    await expect(api.open({ method: 'POST', path: '/cut', body: '{}' })).rejects.toThrow(/ECONNRESET|hang up/)
    expect(requests).toBe(3)
  })

  it('gives up on a server that does not answer, and on a plugin that does not', async () => {
    const api = await serve(() => undefined)
    await expect(api.open({ path: '/', headersTimeoutMs: 20 })).rejects.toThrow('no answer within 0.02 s')
    const stuck = await serve(() => undefined, { credentials: () => new Promise(() => undefined) })
    await expect(stuck.open({ path: '/', headersTimeoutMs: 20 })).rejects.toThrow(
      'no credentials within 0.02 s',
    )
  })

  it('ends at once when it is told to, before and after the head', async () => {
    const api = await serve((request, response) => {
      if (request.url === '/head') response.flushHeaders()
    })
    const early = new AbortController()
    const opening = api.open({ path: '/', signal: early.signal })
    early.abort()
    await expect(opening).rejects.toThrow(/abort/i)
    const late = new AbortController()
    const response = await api.open({ path: '/head', signal: late.signal })
    const reading = collect(response.lines())
    late.abort()
    await expect(reading).rejects.toThrow(/abort/i)
    await expect(api.open({ path: '/', signal: late.signal })).rejects.toThrow(/abort/i)
  })

  it('has its credentials read again after a 401, and follows no redirect', async () => {
    const renew = vi.fn<() => void>()
    const api = await serve(
      (request, response) => {
        if (request.url === '/away') response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
        else response.writeHead(401).end()
      },
      { renew },
    )
    expect((await api.open({ path: '/' })).status).toBe(401)
    expect(renew).toHaveBeenCalledOnce()
    expect((await api.open({ path: '/away' })).status).toBe(302)
  })

  it('keeps credentials out of its errors', async () => {
    const api = await serve((_, response) => response.socket?.resetAndDestroy())
    const error = await api.open({ path: '/' }).catch((reason: unknown) => reason)
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('the-token')
  })

  it('is of no use once closed', async () => {
    const api = await serve((_, response) => response.end('{}'))
    await (await api.open({ path: '/' })).text()
    api.close()
    await expect(api.open({ path: '/' })).rejects.toThrow('is closed')
  })
})
