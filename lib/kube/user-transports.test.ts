import { createServer } from 'node:http'
import type { IncomingHttpHeaders, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ClusterConfig, Credentials } from './cluster-config.ts'
import { createUserTransports } from './user-transports.ts'
import type { UserTransports } from './user-transports.ts'

let server: Server
let seen: { headers: IncomingHttpHeaders; groups: string[]; peer: number }[]
let config: ClusterConfig
let users: UserTransports
const renew = vi.fn<() => void>()

beforeEach(async () => {
  seen = []
  server = createServer((request, response) => {
    const { headers, rawHeaders, socket } = request
    const groups = rawHeaders.filter((_, at) => rawHeaders[at - 1]?.toLowerCase() === 'impersonate-group')
    seen.push({ headers, groups, peer: socket.remotePort ?? 0 })
    response.writeHead(headers.authorization === 'Bearer bad' ? 401 : 200).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  config = configOf(`http://127.0.0.1:${port}`, { headers: { Authorization: 'Bearer own' } })
  users = createUserTransports(config)
})
afterEach(() => {
  users.close()
  server.closeAllConnections()
  server.close()
  renew.mockClear()
})

const configOf = (address: string, credentials: Credentials): ClusterConfig => ({
  name: 'test',
  server: address,
  describe: 'test',
  credentials: async () => credentials,
  renew,
})

describe('asking as somebody', () => {
  it('with their token sends that and nothing of the dashboard’s own', async () => {
    users = createUserTransports(
      configOf(config.server, {
        cert: 'a certificate',
        key: 'a key',
        auth: 'own:password',
        headers: { Authorization: 'Bearer own', 'X-Own': '1' },
      }),
    )
    await (await users.withToken('theirs').open({ path: '/api' })).json()
    expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer theirs' })
    expect(seen[0]?.headers).not.toHaveProperty('x-own')
  })

  it('by impersonation names them and each of their groups, and leaves to the API server that they are known', async () => {
    await (
      await users
        .impersonating('ada', ['team', 'team', 'qa, ops', 'system:authenticated'])
        .open({ path: '/api' })
    ).json()
    expect(seen[0]).toMatchObject({
      headers: { authorization: 'Bearer own', 'impersonate-user': 'ada' },
      groups: ['team', 'qa, ops'],
    })
  })

  it('by impersonation writes names of any language as UTF-8, and no group where there is none', async () => {
    await (await users.impersonating('Žofie', []).open({ path: '/api' })).json()
    const name = String(seen[0]?.headers['impersonate-user'])
    expect(Buffer.from(name, 'latin1').toString('utf8')).toBe('Žofie')
    expect(seen[0]?.groups).toEqual([])
  })

  it('by impersonation opens WebSockets as them, too', async () => {
    server.on('upgrade', (request, socket) => {
      seen.push({ headers: request.headers, groups: [], peer: 0 })
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n')
    })
    const query = new URLSearchParams()
    const socket = users.impersonating('ada', ['qa']).openSocket({ path: '/exec', query, protocols: [] })
    await expect(socket).rejects.toThrow('403')
    expect(seen[0]?.headers).toMatchObject({ 'impersonate-user': 'ada', 'impersonate-group': 'qa' })
  })

  it.each([
    ['system:admin', []],
    ['ada', ['system:masters']],
    ['ada', ['']],
    ['', []],
  ])('never by impersonation as %j of %j', (name, groups) => {
    expect(() => users.impersonating(name, groups)).toThrow('nobody may be impersonated')
  })

  it('shares connections, and never a name', async () => {
    for (const name of ['a', 'b', 'c']) await (await users.withToken(name).open({ path: '/api' })).json()
    expect(new Set(seen.map(({ peer }) => peer)).size).toBe(1)
    expect(seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer a', 'Bearer b', 'Bearer c'])
  })

  it('does not take their refusal for its own', async () => {
    const answer = await users.withToken('bad').open({ path: '/api' })
    answer.discard()
    expect([answer.status, renew.mock.calls.length]).toEqual([401, 0])
  })

  it('asks for nobody over a way that bears the dashboard’s certificate', async () => {
    const agent = { destroy() {} } as object as NonNullable<Exclude<Credentials['agent'], boolean>>
    users = createUserTransports(configOf(config.server, { cert: 'own', agent, headers: {} }))
    await expect(users.withToken('theirs').open({ path: '/api' })).rejects.toThrow(/certificate/)
    expect(seen).toEqual([])
  })

  it('ends with those who opened it', async () => {
    const theirs = users.withToken('theirs')
    users.close()
    await expect(theirs.open({ path: '/api' })).rejects.toThrow(/closed/)
  })
})
