import type { ManualClock } from '../../clock.ts'
import { manualClock } from '../../clock.ts'
import { seededRandom } from '../../random.ts'
import type { KubeJson } from '../json.ts'
import { isRecord } from '../json.ts'
import type { ApiServer, ApiServerOptions } from '../server.ts'
import { startApiServer } from '../server.ts'

export const TOKEN = 'admin-token'
const TOKENS = {
  [TOKEN]: { username: 'admin', groups: ['system:masters'] },
  operator: { username: 'system:serviceaccount:cocoon-system:cocoon-operator', groups: [] },
}

/** An answer of the server, read to its end. */
export interface Reply {
  code: number
  headers: Headers
  /** The parsed body; {} when it is not JSON. */
  body: KubeJson
  text: string
}

export interface TestServer extends ApiServer {
  clock: ManualClock
  /** Sends a request; `body` is sent as JSON of the content type. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>
  /** Sends a request that must succeed, and answers its object. */
  ok(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<KubeJson>
}

export const PODS = '/api/v1/namespaces/default/pods'
export const SETS = '/apis/cocoonset.cocoonstack.io/v1/namespaces/default/cocoonsets'
export const HIBERNATIONS = '/apis/cocoonset.cocoonstack.io/v1/namespaces/default/cocoonhibernations'

export const MERGE = { 'content-type': 'application/merge-patch+json' }
export const JSON_PATCH = { 'content-type': 'application/json-patch+json' }
export const STRATEGIC = { 'content-type': 'application/strategic-merge-patch+json' }

function parsed(text: string): KubeJson {
  const value: unknown = text.startsWith('{') ? JSON.parse(text) : {}
  return {
    ...(isRecord(value) ? value : {}),
    metadata: isRecord(value) && isRecord(value.metadata) ? value.metadata : {},
  }
}

/** A server on a free port with a clock that stands still until it is told to move. */
export async function startTestServer(options: Partial<ApiServerOptions> = {}): Promise<TestServer> {
  const clock = manualClock()
  const server = await startApiServer({ port: 0, clock, random: seededRandom(7), tokens: TOKENS, ...options })
  const send: TestServer['send'] = async (method, path, body, headers = {}) => {
    const response = await fetch(server.url + path, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return { code: response.status, headers: response.headers, body: parsed(text), text }
  }
  return {
    ...server,
    clock,
    send,
    async ok(method, path, body, headers) {
      const reply = await send(method, path, body, headers)
      if (reply.code >= 300) throw new Error(`${method} ${path}: ${reply.code} ${reply.text}`)
      return reply.body
    },
  }
}

export const newPod = (
  name: string,
  fields: { labels?: Record<string, string>; [field: string]: unknown } = {},
) => {
  const { labels, spec, ...metadata } = fields
  const own = isRecord(spec) ? spec : {}
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...(labels && { labels }), ...metadata },
    spec: { containers: [{ name: 'main', image: 'busybox:1' }], ...own },
  }
}

export const newSet = (name: string, spec: Record<string, unknown> = {}) => ({
  apiVersion: 'cocoonset.cocoonstack.io/v1',
  kind: 'CocoonSet',
  metadata: { name },
  spec: { agent: { image: 'ubuntu:24.04' }, ...spec },
})
