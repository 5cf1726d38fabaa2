import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { createServer, type Server } from 'node:https'
import { createServer as createNetServer, type AddressInfo } from 'node:net'
import {
  startTestKubelet,
  stubGuest,
  vmPod,
  type StubGuest,
  type TestKubelet,
} from '../../kubelet/server/testing/test-kubelet.ts'
import type { Authorizer } from '../authorization.ts'
import { selfSigned } from '../certificate.ts'
import { podsAndNodes } from './kubelet-node.ts'
import { MERGE, newPod, PODS, startTestServer, TOKEN, type TestServer } from './test-server.ts'

export const AUTHORIZATION = { authorization: `Bearer ${TOKEN}` }

/** Lets the user `viewer` look at everything and do nothing. */
const viewersLook: Authorizer = {
  decide: (user, { verb }) =>
    user.username === 'viewer' && verb !== 'get'
      ? { allowed: false, reason: 'only looking' }
      : { allowed: true },
  rules: () => ({ resourceRules: [], nonResourceRules: [] }),
}

/** A kubelet that answers as none should. */
function startOddKubelet(): Server {
  const answer = (path: string): [number, Record<string, string>, string] => {
    if (path.includes('/redirects/')) return [302, { location: 'https://elsewhere.invalid/' }, '']
    if (path.includes('/teapot/')) return [418, { 'x-kind': 'teapot' }, 'short and stout']
    return [503, {}, 'overloaded']
  }
  const own = createServer({ ...selfSigned(['localhost'], Date.now()) })
  own.on('request', (request, response) => {
    const [code, headers, body] = answer(request.url ?? '')
    response.writeHead(code, headers).end(body)
  })
  return own.listen(0, '127.0.0.1')
}

async function closedPort(): Promise<number> {
  const taken = createNetServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  taken.close()
  await once(taken, 'close')
  return port
}

/** An API server whose pods are on kubelets of all kinds. */
export interface ProxiedPods {
  server: TestServer
  kubelet: TestKubelet
  /** Of the pod `web-0`. */
  guest: StubGuest
  /** Where the kubelet of the pod `unreachable` would listen. */
  closed: number
  /** Sends an upgrade request that is expected to be answered in HTTP after all. */
  refused(path: string, headers?: Record<string, string>, method?: string): Promise<Refusal>
  close(): Promise<void>
}

export interface Refusal {
  code: number
  text: string
  headers: Record<string, string>
}

/**
 * Pods: `web-0` runs, `unknown-there` is not known to its kubelet, `redirects`, `teapot` and `busy` have a kubelet that
 * answers so, nobody listens for `unreachable`, `hidden` has no address, `lost` no node object, `unassigned` no node,
 * and `pair` has two containers. The token `viewer` may only get.
 */
export async function startProxiedPods(): Promise<ProxiedPods> {
  const server = await startTestServer({
    authorizer: viewersLook,
    tokens: {
      [TOKEN]: { username: 'admin', groups: ['system:masters'] },
      viewer: { username: 'viewer', groups: [] },
    },
  })
  const guest = stubGuest(undefined, ['one', 'two'])
  const kubelet = await startTestKubelet(server.kubeletClientAuthority)
  kubelet.add(vmPod('web-0'), guest)
  const addNode = async (name: string, port: number, type = 'ExternalDNS') => {
    await server.ok('POST', '/api/v1/nodes', { metadata: { name } })
    const address = { type, address: '127.0.0.1' }
    const status = { addresses: [address], daemonEndpoints: { kubeletEndpoint: { Port: port } } }
    await server.ok('PATCH', `/api/v1/nodes/${name}/status`, { status }, MERGE)
  }
  const addPod = (name: string, nodeName: string | undefined, names = ['agent']) => {
    const containers = names.map((one) => ({ name: one, image: 'vm' }))
    return server.ok('POST', PODS, newPod(name, { spec: { nodeName, containers } }))
  }
  await podsAndNodes(server, kubelet.port, ['web-0', 'unknown-there'])
  const odd = startOddKubelet()
  await once(odd, 'listening')
  const closed = await closedPort()
  await addNode('odd', (odd.address() as AddressInfo).port)
  await addNode('closed', closed)
  await addNode('hidden', closed, 'Hostname')
  for (const name of ['redirects', 'teapot', 'busy']) await addPod(name, 'odd')
  await addPod('unreachable', 'closed')
  await addPod('hidden', 'hidden')
  await addPod('lost', 'no-such-node')
  await addPod('unassigned', undefined)
  await addPod('pair', 'node-a', ['left', 'right'])
  return {
    server,
    kubelet,
    guest,
    closed,
    async refused(path, headers = {}, method = 'GET') {
      const own = { ...AUTHORIZATION, connection: 'Upgrade', ...headers }
      const sent = httpRequest(server.url + path, { method, agent: false, headers: own }).end()
      const [response] = await Promise.race([
        once(sent, 'response'),
        once(sent, 'upgrade').then(() => Promise.reject(new Error('it was upgraded'))),
      ])
      let text = ''
      for await (const chunk of response) text += String(chunk)
      return { code: response.statusCode, text, headers: response.headers }
    },
    async close() {
      await server.close()
      await kubelet.close()
      odd.close()
    },
  }
}
