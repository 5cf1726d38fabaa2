import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { execClient } from '../kubelet/server/testing/exec-client.ts'
import { vmPod, type StubGuest, type TestKubelet } from '../kubelet/server/testing/test-kubelet.ts'
import { AUTHORIZATION, startProxiedPods, type ProxiedPods } from './testing/proxied-pods.ts'
import { PODS, TOKEN, type TestServer } from './testing/test-server.ts'

const V4 = 'v4.channel.k8s.io'
const V5 = 'v5.channel.k8s.io'
const SPDY = { upgrade: 'SPDY/3.1', 'x-stream-protocol-version': V4 }

let pods: ProxiedPods
let server: TestServer
let kubelet: TestKubelet
let guest: StubGuest
let refused: ProxiedPods['refused']
let closed: number
beforeAll(async () => {
  pods = await startProxiedPods()
  ;({ server, kubelet, guest, refused, closed } = pods)
})
afterAll(() => pods.close())

const exec = (
  pod: string,
  protocols: string[],
  query = 'command=echo&command=hi&stdout=true',
  headers: Record<string, string> = AUTHORIZATION,
) => execClient(`${server.url.replace('http', 'ws')}${PODS}/${pod}/exec?${query}`, protocols, { headers })
const message = (text: string) => (JSON.parse(text) as { message: string }).message

describe('exec', () => {
  it.each([
    ['GET', 'gone', {}, 404, 'pods "gone" not found'],
    ['POST', 'unassigned', SPDY, 400, 'pod unassigned does not have a host assigned'],
    ['GET', 'pair', {}, 400, 'a container name must be specified for pod pair, choose one of: [left right]'],
    ['GET', 'web-0', {}, 400, 'Upgrade request required'],
    ['PUT', 'web-0', {}, 405, 'the server does not allow this method on the requested resource'],
  ])('answers %s of %s in HTTP when it cannot be', async (method, pod, headers, code, text) => {
    const path = `${PODS}/${pod}/exec?command=true&stdout=true`
    const reply =
      'upgrade' in headers
        ? await refused(path, headers, method)
        : await server.send(method, path, method === 'PUT' ? {} : undefined)
    expect([reply.code, message(reply.text)]).toEqual([code, text])
  })

  it('says where nobody listens', async () => {
    const path = `${PODS}/unreachable/exec?command=true&stdout=true`
    const { code, text } = await refused(path, SPDY, 'POST')
    const why = `dial tcp 127.0.0.1:${closed}: connect: connection refused`
    expect(code).toBe(500)
    expect(JSON.parse(text)).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: `error dialing backend: ${why}`,
      code: 500,
    })
    const { status } = await exec('unreachable', [V5], 'command=true&stdout=true').done
    const url = `https://127.0.0.1:${closed}/exec/default/unreachable/agent?command=true&output=1`
    expect(status).toMatchObject({
      message: `Internal error occurred: error sending request: Post "${url}": ${why}`,
    })
  })

  it('relays what a kubelet says instead of switching protocols', async () => {
    const teapot = await refused(`${PODS}/teapot/exec?command=true&stdout=true`, SPDY, 'POST')
    expect(teapot).toMatchObject({ code: 418, text: 'short and stout' })
    expect(teapot.headers['x-kind']).toBe('teapot')
    const redirect = await refused(`${PODS}/redirects/exec?command=true&stdout=true`, SPDY, 'POST')
    expect([redirect.code, message(redirect.text)]).toEqual([
      500,
      'invalid upgrade response: status code 302',
    ])
    const inside = await exec('unknown-there', [V5]).done
    expect(inside.status).toMatchObject({
      message: 'Internal error occurred: unable to upgrade connection: pod "unknown-there" does not exist',
    })
    expect(inside.first).toBe('01')
    const away = await exec('redirects', [V5]).done
    expect(away.status).toMatchObject({
      message:
        'Internal error occurred: error sending request: Post "https://elsewhere.invalid/": redirect not allowed',
    })
  })

  it.each([V4, V5])('carries %s over plain HTTP', async (protocol) => {
    const { stdout, status } = await exec('web-0', [protocol]).done
    expect([stdout.toString(), status]).toEqual(['hi\n', { metadata: {}, status: 'Success' }])
  })

  it('asks for the right to create, also of those who may get', async () => {
    const viewer = { authorization: 'Bearer viewer' }
    await expect(exec('web-0', [V5], undefined, viewer).done).rejects.toThrow('403')
    const asked = { upgrade: 'websocket', ...viewer }
    const { code, text } = await refused(`${PODS}/web-0/exec?command=true&stdout=true`, asked)
    expect([code, message(text)]).toEqual([403, 'pods "web-0" is forbidden: only looking'])
    expect((await server.send('GET', `${PODS}/web-0/log`, undefined, viewer)).code).toBe(200)
  })

  it('takes the token of a browser from among the protocols', async () => {
    const bearer = (token: string) =>
      `base64url.bearer.authorization.k8s.io.${Buffer.from(token).toString('base64url')}`
    const client = exec('web-0', [bearer(TOKEN), V4], undefined, {})
    expect((await client.done).stdout.toString()).toBe('hi\n')
    expect(client.socket.protocol).toBe(V4)
    for (const protocols of [[bearer('wrong'), V4], [bearer(TOKEN)], [bearer(TOKEN), bearer('b'), V4]]) {
      await expect(exec('web-0', protocols, undefined, {}).done).rejects.toThrow('401')
    }
  })

  it('ends on both sides when the client is gone', async () => {
    const client = exec('web-0', [V5], 'command=hang&stdout=true')
    await client.saw('hanging')
    const before = guest.ended.length
    client.socket.terminate()
    await client.done
    await vi.waitFor(() => expect(guest.ended.slice(before)).toEqual(['hung up']))
  })

  it('makes the guest wait for a client that does not read', async () => {
    let written = 0
    kubelet.add(vmPod('web-0'), {
      ...guest,
      async run(_, { stdout, signal }) {
        while (!signal.aborted) {
          await stdout(new Uint8Array(64 * 1024))
          written += 64 * 1024
        }
        return 0
      },
    })
    const client = exec('web-0', [V5], 'command=yes&stdout=true')
    await once(client.socket, 'open')
    client.socket.pause()
    // Socket buffers fill, and then nothing moves any more.
    let last = -1
    await vi.waitFor(
      () => {
        const moved = written - last
        last = written
        expect(moved).toBe(0)
        expect(written).toBeGreaterThan(0)
      },
      { timeout: 10_000, interval: 200 },
    )
    expect(written).toBeLessThan(64 * 1024 * 1024)
    client.socket.terminate()
    kubelet.add(vmPod('web-0'), guest)
  })
})

describe('other paths', () => {
  it('are answered as ever when a client offers to upgrade', async () => {
    const { code, text } = await refused('/api/v1/namespaces/default', { upgrade: 'h2c' })
    expect([code, (JSON.parse(text) as { kind: string }).kind]).toEqual([200, 'Namespace'])
    expect((await refused('/nowhere', { upgrade: 'websocket' })).code).toBe(404)
  })

  it('survive a client that leaves in the middle of asking', async () => {
    const { port } = server
    const socket = connect(port, '127.0.0.1')
    const lines = [
      `GET ${PODS}/web-0/exec?command=hang&stdout=1 HTTP/1.1`,
      'host: x',
      'connection: upgrade',
      'upgrade: websocket',
    ]
    socket.write([...lines, `authorization: Bearer ${TOKEN}`, '', ''].join('\r\n'))
    socket.destroy()
    expect((await server.send('GET', '/api/v1/nodes')).code).toBe(200)
  })
})

describe('portforward', () => {
  it.each(['x', '70000', ''])('refuses the port %j before it looks for the pod', async (port) => {
    const { code, text } = await refused(`${PODS}/gone/portforward?ports=${port}`, SPDY, 'POST')
    const why = port === '70000' ? 'value out of range' : 'invalid syntax'
    const words = `cannot convert to []int32: strconv.ParseUint: parsing "${port}": ${why}`
    expect([code, message(text)]).toEqual([400, words])
  })

  it('is tunnelled through a WebSocket by the name that the client offers', async () => {
    const sent = httpRequest(`${server.url}${PODS}/web-0/portforward`, {
      agent: false,
      headers: {
        ...AUTHORIZATION,
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        'sec-websocket-protocol': 'SPDY/3.1+portforward.k8s.io',
      },
    }).end()
    const [response, socket] = await once(sent, 'upgrade')
    socket.destroy()
    expect(response.headers['sec-websocket-protocol']).toBe('SPDY/3.1+portforward.k8s.io')
  })
})
