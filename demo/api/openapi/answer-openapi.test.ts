import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isRecord } from '../json.ts'
import type { TestServer } from '../testing/test-server.ts'
import { TOKEN, startTestServer } from '../testing/test-server.ts'

const PROTOBUF = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(async () => {
  await server.close()
})

async function addresses(): Promise<Record<string, string>> {
  const { paths } = await server.ok('GET', '/openapi/v3')
  const all = Object.entries(isRecord(paths) ? paths : {}).map(([path, entry]) => [
    path,
    isRecord(entry) ? entry.serverRelativeURL : '',
  ])
  return Object.fromEntries(all) as Record<string, string>
}

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(server.url + path, {
    headers: { authorization: `Bearer ${TOKEN}`, ...headers },
    redirect: 'manual',
  })

describe('OpenAPI v3', () => {
  it('lists its documents under addresses that change with them', async () => {
    const all = await addresses()
    expect(Object.keys(all)).toEqual(
      expect.arrayContaining(['api', 'api/v1', 'apis', 'apis/apps', 'apis/apps/v1', 'version']),
    )
    const { headers } = await get('/openapi/v3')
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(await addresses()).toEqual(all)
  })

  it('lets what an address names be kept for good', async () => {
    const address = (await addresses())['api/v1'] ?? ''
    const [, hash] = /\?hash=([0-9A-F]{128})$/.exec(address) ?? []
    const { status, headers } = await get(address)
    expect(status).toBe(200)
    expect(headers.get('etag')).toBe(`"${hash}"`)
    expect(headers.get('cache-control')).toBe('public, immutable')
    expect(headers.get('expires')).toMatch(/ UTC$/)
  })

  it.each<[string, Record<string, string>, number]>([
    ['/openapi/v3/api/v1', {}, 200],
    ['/openapi/v3/api/v1', { accept: 'application/json' }, 200],
    ['/openapi/v3/api/v1', { accept: 'application/xml' }, 406],
    ['/openapi/v3/api/v1?hash=old', {}, 301],
    ['/openapi/v3/api/v9', {}, 404],
    ['/openapi/v3/', {}, 404],
    ['/openapi/v2', { accept: 'application/xml' }, 406],
    ['/openapi/v2', { accept: PROTOBUF }, 200],
    ['/openapi', {}, 404],
  ])('%s %j: %i', async (path, headers, code) => {
    expect((await get(path, headers)).status).toBe(code)
  })

  it('leads from an old address to the current one', async () => {
    const { headers } = await get('/openapi/v3/apis/apps/v1?hash=OLD')
    expect(headers.get('location')).toBe((await addresses())['apis/apps/v1'])
  })

  it('does not send again what a client has', async () => {
    for (const path of ['/openapi/v2', '/openapi/v3/api/v1']) {
      const etag = (await get(path)).headers.get('etag') ?? ''
      const again = await get(path, { 'if-none-match': etag })
      expect([again.status, await again.text()]).toEqual([304, ''])
    }
  })

  it('follows the CRDs', async () => {
    const before = await addresses()
    const crd = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'lamps.light.example' },
      spec: {
        group: 'light.example',
        scope: 'Cluster',
        names: { plural: 'lamps', singular: 'lamp', kind: 'Lamp', listKind: 'LampList' },
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: {
              openAPIV3Schema: {
                type: 'object',
                properties: { spec: { type: 'object', description: 'Its bulb.' } },
              },
            },
          },
        ],
      },
    }
    await server.ok('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', crd)
    const during = await addresses()
    expect(during).toMatchObject(before)
    const document = await server.ok('GET', '/openapi/v3/apis/light.example/v1')
    expect(JSON.stringify(document)).toContain('Its bulb.')
    await server.ok('DELETE', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/lamps.light.example')
    expect(await addresses()).toEqual(before)
  })
})

describe('OpenAPI v2', () => {
  it('tells all in one document, as JSON and as protobuf', async () => {
    const swagger = await server.ok('GET', '/openapi/v2')
    expect(swagger).toMatchObject({ swagger: '2.0', info: { title: 'Kubernetes' } })
    expect(swagger.definitions).toHaveProperty(['io.k8s.api.core.v1.Pod', 'properties', 'spec', '$ref'])
    expect(JSON.stringify(swagger)).not.toContain('#/components/')
    const reply = await get('/openapi/v2', { accept: PROTOBUF })
    expect(reply.headers.get('content-type')).toBe(PROTOBUF.replace('@', '.'))
    const bytes = Buffer.from(await reply.arrayBuffer())
    // Field 1 is the version of Swagger.
    expect(bytes.subarray(0, 5)).toEqual(Buffer.from('\n\u00032.0', 'latin1'))
  })
})
