import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { NAMESPACE } from './openapi/testing/manifest.ts'
import { MANIFESTS } from './openapi/testing/manifests.ts'
import type { Answered } from './openapi/testing/stable.ts'
import { shortened, stable } from './openapi/testing/stable.ts'
import type { TestServer } from './testing/test-server.ts'
import { startTestServer } from './testing/test-server.ts'

const RECORDED = new URL('openapi/testing/original-answers.json', import.meta.url)
const original = JSON.parse(readFileSync(RECORDED, 'utf8')) as Record<string, Answered>

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await server.ok('POST', '/api/v1/namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: NAMESPACE },
  })
})
afterAll(async () => {
  await server.close()
})

it.each(MANIFESTS.map((manifest) => [manifest.name, manifest] as const))(
  'answers as the original: %s',
  async (name, { before = [], method, path, body, contentType = 'application/json' }) => {
    for (const [collection, object] of before) await server.ok('POST', collection, object)
    const reply = await server.send(method, path, body, { 'content-type': contentType })
    for (const [collection, object] of before) {
      await server.ok('DELETE', `${collection}/${object.metadata.name}?gracePeriodSeconds=0`)
    }
    const warnings = reply.headers.get('warning')
    const answer = { code: reply.code, ...(warnings && { warnings }), body: stable(reply.body) }
    expect(shortened(answer)).toEqual(original[name])
  },
)
