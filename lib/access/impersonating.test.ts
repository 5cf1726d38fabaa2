import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ClusterConfig } from '../kube/cluster-config.ts'
import { createTransport } from '../kube/transport.ts'
import type { Transport } from '../kube/transport.ts'
import { impersonating } from './impersonating.ts'

let seen: string[][] = []
const server = createServer((request, response) => {
  const pairs = request.rawHeaders.flatMap((name, index, all) =>
    index % 2 === 0 && /^impersonate-/i.test(name) ? [[name, all[index + 1] ?? '']] : [],
  )
  seen = pairs
  response.end('{}')
})
server.on('upgrade', (request, socket) => {
  server.emit('request', request, { end: () => {} })
  socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n')
})
let transport: Transport
beforeAll(async () => {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const config: ClusterConfig = {
    name: 'test',
    server: url,
    describe: 'test',
    credentials: async () => ({ headers: {} }),
    renew: () => {},
  }
  transport = createTransport(config)
})
afterAll(() => {
  transport.close()
  server.close()
})

const VERA = { name: 'vera', groups: ['qa', 'ops, and others'] }
const AS_VERA = [
  ['Impersonate-User', 'vera'],
  ['Impersonate-Group', 'qa'],
  ['Impersonate-Group', 'ops, and others'],
]

it('names the person and each group in a header of its own', async () => {
  await (await impersonating(transport, VERA).open({ path: '/api' })).text()
  expect(seen).toEqual(AS_VERA)
})

it('lets no other word about impersonation through, whatever its spelling', async () => {
  const headers = { 'impersonate-user': 'ada', 'IMPERSONATE-GROUP': 'system:masters', 'Impersonate-Uid': '1' }
  await (await impersonating(transport, VERA).open({ path: '/api', headers })).text()
  expect(seen).toEqual(AS_VERA)
})

it('speaks for the person on WebSockets too', async () => {
  const socket = impersonating(transport, VERA).openSocket({
    path: '/exec',
    query: new URLSearchParams(),
    protocols: ['v5.channel.k8s.io'],
  })
  await expect(socket).rejects.toThrow('403')
  expect(seen).toEqual(AS_VERA)
})

it('writes names of any language as UTF-8', async () => {
  await (await impersonating(transport, { name: 'Žofie', groups: [] }).open({ path: '/api' })).text()
  const [[, name = ''] = []] = seen
  expect(Buffer.from(name, 'latin1').toString('utf8')).toBe('Žofie')
  expect(seen).toHaveLength(1)
})

it.each([
  { name: 'system:admin', groups: [] },
  { name: 'vera', groups: ['system:masters'] },
  { name: '', groups: [] },
])('never becomes %j', (person) => {
  expect(() => impersonating(transport, person)).toThrow('nobody may be impersonated')
})
