import { request } from 'node:https'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { textAt } from '../api/json.ts'
import { MERGE, newPod, PODS, startTestServer, TOKEN, type TestServer } from '../api/testing/test-server.ts'
import { connect, type Connection } from '../client/connection.ts'
import { metricsObjects } from './metrics-objects.ts'
import { startMetricsServer, type MetricsServer } from './metrics-server.ts'

let server: TestServer
let connection: Connection
let metrics: MetricsServer

const NODE = '/api/v1/nodes'
const ROOT = '/apis/metrics.k8s.io/v1beta1'
const MEBI = 1024

async function run(name: string, labels: Record<string, string>): Promise<void> {
  const containers = [{ name: 'agent', image: 'i', resources: { requests: { cpu: '2', memory: '4Gi' } } }]
  await server.ok('POST', PODS, newPod(name, { labels, spec: { nodeName: 'n1', containers } }))
  const status = {
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'True' }],
    containerStatuses: [
      { name: 'agent', ready: true, state: { running: { startedAt: '2026-01-01T00:00:00Z' } } },
    ],
  }
  await server.ok('PATCH', `${PODS}/${name}/status`, { status }, MERGE)
}

beforeAll(async () => {
  server = await startTestServer()
  const capacity = { cpu: '8', memory: '16Gi' }
  await server.ok('POST', NODE, { metadata: { name: 'n1', labels: { pool: 'a' } }, status: { capacity } })
  await server.ok('POST', NODE, { metadata: { name: 'n2' }, status: { capacity } })
  await run('one', { app: 'a' })
  await run('two', { app: 'b' })
  await server.ok('POST', PODS, newPod('asleep', { spec: { nodeName: 'n1' } }))
  connection = connect({ server: server.url, token: TOKEN, userAgent: 'test' })
  metrics = await startMetricsServer({ connection, port: 0, clock: server.clock })
  const [service, apiService] = metricsObjects({ port: metrics.port, caBundle: metrics.certificate })
  await server.ok('POST', '/api/v1/namespaces/kube-system/services', service)
  await server.ok('POST', '/apis/apiregistration.k8s.io/v1/apiservices', apiService)
  await vi.waitFor(() => server.ok('GET', ROOT), 10_000)
})
afterAll(async () => {
  connection.close()
  await metrics.close()
  await server.close()
})

interface Item {
  metadata: { name: string }
  containers: { name: string; usage: { cpu: string; memory: string } }[]
  usage: { cpu: string; memory: string }
}
const itemsOf = async (path: string) => (await server.ok('GET', `${ROOT}/${path}`)).items as Item[]
const namesOf = async (path: string) => (await itemsOf(path)).map(({ metadata }) => metadata.name)
const cores = ({ cpu }: { cpu: string }) => Number(cpu.replace('n', ''))

describe('metrics of pods', () => {
  it.each([
    ['pods', ['one', 'two']],
    ['namespaces/default/pods', ['one', 'two']],
    ['namespaces/kube-system/pods', []],
    ['pods?labelSelector=app%3Da', ['one']],
    ['pods?labelSelector=app%20notin%20(a)', ['two']],
    ['pods?fieldSelector=metadata.name%3Dtwo', ['two']],
  ])('%s are those of %j: who sleeps has none', async (path, names) => {
    expect(await namesOf(path)).toEqual(names)
  })

  it('have the form of the original', async () => {
    expect(await server.ok('GET', `${ROOT}/namespaces/default/pods/one`)).toMatchObject({
      kind: 'PodMetrics',
      apiVersion: 'metrics.k8s.io/v1beta1',
      metadata: { name: 'one', namespace: 'default', labels: { app: 'a' } },
      timestamp: '2026-01-01T00:00:00Z',
      window: '15s',
      containers: [
        {
          name: 'agent',
          usage: { cpu: expect.stringMatching(/^\d+n$/), memory: expect.stringMatching(/^\d+Ki$/) },
        },
      ],
    })
  })

  it.each([
    ['namespaces/default/pods/asleep', 'podmetrics.metrics.k8s.io "default/asleep" not found'],
    ['nodes/none', 'nodemetrics.metrics.k8s.io "none" not found'],
    ['pods/one', 'the server could not find the requested resource'],
    ['inventions', 'the server could not find the requested resource'],
  ])('%s are not found', async (path, message) => {
    expect(await server.send('GET', `${ROOT}/${path}`)).toMatchObject({ code: 404, body: { message } })
  })

  it('cannot be written', async () => {
    expect((await server.send('DELETE', `${ROOT}/namespaces/default/pods/one`)).code).toBe(405)
  })
})

it('nodes carry their pods, and something of their own', async () => {
  const pods = await itemsOf('pods')
  const nodes = await itemsOf('nodes')
  const used = pods.reduce((sum, pod) => sum + cores(pod.containers[0]?.usage ?? { cpu: '0n' }), 0)
  const [busy, idle] = nodes
  expect(busy && idle && cores(busy.usage) - cores(idle.usage)).toBe(used)
  expect(idle && cores(idle.usage)).toBeGreaterThan(0)
  expect(Number.parseInt(idle?.usage.memory ?? '', 10)).toBeGreaterThan(100 * MEBI)
  expect(await namesOf('nodes?labelSelector=pool')).toEqual(['n1'])
})

it('tables are those that kubectl prints', async () => {
  const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io'
  const table = await server.ok('GET', `${ROOT}/nodes`, undefined, { accept })
  const columns = table.columnDefinitions as { name: string }[]
  expect(columns.map(({ name }) => name)).toEqual(['Name', 'cpu', 'memory', 'Window'])
  const [first] = table.rows as { cells: string[] }[]
  expect(first?.cells.join(' ')).toMatch(/^n1 \d+n \d+Ki 15s$/)
})

it('one window is scraped once', async () => {
  const before = await server.ok('GET', `${ROOT}/nodes/n1`)
  await run('late', {})
  expect(await server.ok('GET', `${ROOT}/nodes/n1`)).toEqual(before)
  await server.clock.advance(15_000)
  expect(await namesOf('pods')).toContain('late')
})

it('nobody is believed who is not the front proxy', async () => {
  const code = await new Promise<number | undefined>((resolve, reject) => {
    const asked = request(
      {
        port: metrics.port,
        host: 'localhost',
        ca: metrics.certificate,
        path: `${ROOT}/pods`,
        headers: { 'x-remote-user': 'admin', 'x-remote-group': 'system:masters' },
      },
      (response) => {
        response.resume()
        resolve(response.statusCode)
      },
    )
    asked.on('error', reject)
    asked.end()
  })
  expect(code).toBe(401)
})

it('a server without a front proxy can have no metrics server', async () => {
  const PATH = '/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication'
  const found = await server.ok('GET', PATH)
  expect(textAt(found, 'data', 'requestheader-client-ca-file')).toContain('BEGIN CERTIFICATE')
  await server.ok('PATCH', PATH, { data: { 'requestheader-client-ca-file': null } }, MERGE)
  await expect(startMetricsServer({ connection, port: 0, clock: server.clock })).rejects.toThrow(
    '--requestheader-client-ca-file',
  )
})
