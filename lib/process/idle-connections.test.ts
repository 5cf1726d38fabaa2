import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { boundIdleConnections } from './idle-connections.ts'

const MOST = 5
let server: Server
let sockets: Socket[]
beforeEach(async () => {
  sockets = []
  server = createServer((request, response) => {
    if (request.url === '/stream') response.write('begun')
    else response.end('whole')
  })
  boundIdleConnections(server, MOST)
  await once(server.listen(0, '127.0.0.1'), 'listening')
})
afterEach(() => {
  for (const socket of sockets) socket.destroy()
  server.closeAllConnections()
  server.close()
})

async function connected(text: string): Promise<Socket> {
  const taken = once(server, 'connection')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  sockets.push(socket)
  await Promise.all([once(socket, 'connect'), taken])
  if (text !== '') socket.write(text)
  return socket
}
const ask = (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`
const ended = async (socket: Socket) => {
  if (!socket.closed) await once(socket.resume(), 'close')
  return true
}

it('closes those that were idle for longest, whether they began to ask or not', async () => {
  const first = await connected('GET / HTTP/1.1\r\nHost: a\r\nX: ')
  const second = await connected('')
  for (let more = 0; more < MOST; more += 1) await connected('GET / HT')
  expect(await ended(first)).toBe(true)
  expect(await ended(second)).toBe(true)
  const rest = sockets.slice(2)
  expect(rest.filter((socket) => socket.closed)).toEqual([])
})

it('answers others in the middle of a flood, and keeps what is being answered', async () => {
  const stream = await connected(ask('/stream'))
  await once(stream, 'data')
  for (let more = 0; more < 4 * MOST; more += 1) await connected('GET / HT')
  const asks = await connected(ask('/'))
  const [answer] = (await once(asks, 'data')) as [Buffer]
  expect(answer.toString()).toContain('whole')
  expect(stream.closed).toBe(false)
})

it('counts one that was answered as idle again', async () => {
  const kept = await connected(ask('/'))
  await once(kept, 'data')
  for (let more = 0; more < MOST; more += 1) await connected('')
  expect(await ended(kept)).toBe(true)
})
