import type { IncomingHttpHeaders } from 'node:http'
import type { Server } from 'node:https'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { selfSigned } from './certificate.ts'
import { listAt, textAt } from './json.ts'
import type { TestServer } from './testing/test-server.ts'
import { startTestServer } from './testing/test-server.ts'

const HOST = 'other.default.svc'
const GROUP = 'other.example.com'
const ROOT = `/apis/${GROUP}/v1`
const SERVICES = '/apis/apiregistration.k8s.io/v1/apiservices'
const DOCUMENT = {
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion: `${GROUP}/v1`,
  resources: [
    { name: 'things', singularName: 'thing', namespaced: true, kind: 'Thing', verbs: ['get', 'list'] },
  ],
}

interface Asked {
  method: string
  url: string
  headers: IncomingHttpHeaders
  body: string
  trusted: boolean
}

let server: TestServer
let other: Server
let asked: Asked[]
const { key, cert } = selfSigned(['localhost', HOST], Date.now())

beforeEach(async () => {
  server = await startTestServer()
  asked = []
  const trust = await server.ok(
    'GET',
    '/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication',
  )
  const ca = textAt(trust, 'data', 'requestheader-client-ca-file')
  other = createServer(
    { key, cert, ca, requestCert: true, rejectUnauthorized: false },
    (request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const { method = '', url = '', headers } = request
        const trusted = 'authorized' in request.socket && request.socket.authorized === true
        asked.push({ method, url, headers, trusted, body: Buffer.concat(chunks).toString() })
        response.writeHead(url === ROOT ? 200 : 418, { 'content-type': 'application/json', 'x-own': 'yes' })
        response.end(JSON.stringify(url === ROOT ? DOCUMENT : { kind: 'Thing' }))
      })
    },
  )
  await new Promise<void>((resolve) => {
    other.listen(0, '127.0.0.1', resolve)
  })
})
afterEach(async () => {
  await server.close()
  other.closeAllConnections()
  other.close()
})

const portOf = () => (other.address() as AddressInfo).port

async function register(fields: object = {}, port = portOf()): Promise<void> {
  await server.ok('POST', '/api/v1/namespaces/default/services', {
    metadata: { name: 'other' },
    spec: { type: 'ExternalName', externalName: 'localhost' },
  })
  await server.ok('POST', SERVICES, {
    metadata: { name: `v1.${GROUP}` },
    spec: {
      group: GROUP,
      version: 'v1',
      groupPriorityMinimum: 100,
      versionPriority: 100,
      service: { name: 'other', namespace: 'default', port },
      caBundle: Buffer.from(cert).toString('base64'),
      ...fields,
    },
  })
}

const condition = async () => {
  const service = await server.ok('GET', `${SERVICES}/v1.${GROUP}`)
  return listAt(service, 'status', 'conditions')[0]
}
const untilTold = (status: string) =>
  vi.waitFor(async () => expect(textAt(await condition(), 'status')).toBe(status), 10_000)

describe('an API of another server', () => {
  it('is asked as the front proxy, on behalf of the user', async () => {
    await register()
    await untilTold('True')
    expect(await condition()).toMatchObject({ reason: 'Passed', message: 'all checks passed' })
    const reply = await server.send(
      'POST',
      `${ROOT}/namespaces/a/things?x=%20y`,
      { some: 'thing' },
      { 'x-remote-user': 'forged' },
    )
    expect(reply).toMatchObject({ code: 418, body: { kind: 'Thing' } })
    expect(reply.headers.get('x-own')).toBe('yes')
    const got = asked.at(-1)
    expect(got).toMatchObject({
      method: 'POST',
      url: `${ROOT}/namespaces/a/things?x=%20y`,
      body: '{"some":"thing"}',
      trusted: true,
      headers: { 'x-remote-user': 'admin', 'x-remote-group': 'system:masters, system:authenticated' },
    })
    expect(got?.headers).not.toHaveProperty('authorization')
  })

  it('is part of discovery', async () => {
    await register()
    await untilTold('True')
    const { groups } = await server.ok('GET', '/apis')
    expect((groups as { name: string }[]).at(-1)).toMatchObject({
      name: GROUP,
      preferredVersion: { groupVersion: `${GROUP}/v1` },
    })
    expect(await server.ok('GET', ROOT)).toEqual({ ...DOCUMENT, metadata: {} })
    const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'
    const { items } = await server.ok('GET', '/apis', undefined, { accept })
    expect(items).toContainEqual({
      metadata: { name: GROUP },
      versions: [
        {
          version: 'v1',
          freshness: 'Current',
          resources: [
            {
              resource: 'things',
              responseKind: { group: '', version: '', kind: 'Thing' },
              scope: 'Namespaced',
              singularResource: 'thing',
              verbs: ['get', 'list'],
            },
          ],
        },
      ],
    })
  })

  it('is unavailable when nobody answers, and again available when somebody does', async () => {
    const port = portOf()
    await new Promise<void>((resolve) => {
      other.close(() => resolve())
    })
    await register({}, port)
    await untilTold('False')
    expect(await condition()).toMatchObject({
      reason: 'FailedDiscoveryCheck',
      message:
        `failing or missing response from https://localhost:${port}${ROOT}: Get "https://localhost:${port}${ROOT}": ` +
        `dial tcp 127.0.0.1:${port}: connect: connection refused`,
    })
    const reply = await server.send('GET', `${ROOT}/things`)
    expect(reply).toMatchObject({ code: 503, text: 'service unavailable\n' })
    await new Promise<void>((resolve) => {
      other.listen(port, '127.0.0.1', resolve)
    })
    await server.clock.advance(30_000)
    await untilTold('True')
  })

  it('is not believed without the certificate that was promised', async () => {
    const stranger = selfSigned(['localhost', HOST], Date.now())
    await register({ caBundle: Buffer.from(stranger.cert).toString('base64') })
    await untilTold('False')
    expect(asked).toEqual([])
  })

  it('goes with its APIService', async () => {
    await register()
    await untilTold('True')
    await server.ok('DELETE', `${SERVICES}/v1.${GROUP}`)
    expect((await server.send('GET', `${ROOT}/things`)).code).toBe(404)
  })
})

describe('APIServices of the server itself', () => {
  it('come and go with custom resources, and cannot be lost', async () => {
    const names = async () => {
      const { items } = await server.ok('GET', SERVICES)
      return (items as { metadata: { name: string } }[]).map((one) => one.metadata.name)
    }
    expect(await names()).toContain('v1.cocoonset.cocoonstack.io')
    await server.ok('DELETE', `${SERVICES}/v1.apps`)
    expect(await names()).toContain('v1.apps')
    const crd = {
      metadata: { name: 'foos.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Namespaced',
        names: { plural: 'foos', kind: 'Foo', singular: 'foo', listKind: 'FooList' },
        versions: [
          { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } },
        ],
      },
    }
    const crds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
    await server.ok('POST', crds, crd)
    expect(await server.ok('GET', `${SERVICES}/v1.example.com`)).toMatchObject({
      spec: { groupPriorityMinimum: 1000, versionPriority: 100 },
      status: { conditions: [{ reason: 'Local', status: 'True' }] },
    })
    await server.ok('DELETE', `${crds}/foos.example.com`)
    await vi.waitFor(async () => expect(await names()).not.toContain('v1.example.com'))
  })
})
