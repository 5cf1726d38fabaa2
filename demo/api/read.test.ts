import { gunzipSync } from 'node:zlib'
import { get } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestServer } from './testing/test-server.ts'
import { MERGE, PODS, SETS, TOKEN, newPod, newSet, startTestServer } from './testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ historyLimit: 60 })
  for (const name of ['e', 'a', 'd', 'b', 'c'])
    await server.ok('POST', PODS, newPod(name, { labels: { odd: 'ace'.includes(name) ? 'y' : 'n' } }))
  await server.ok('POST', '/api/v1/namespaces', { metadata: { name: 'default-2' } })
  await server.ok('POST', '/api/v1/namespaces/default-2/pods', newPod('z'))
  await server.ok('POST', SETS, newSet('s'))
})
afterAll(() => server.close())

const names = (list: { items?: unknown; [field: string]: unknown }) =>
  (list.items as { metadata: { name: string } }[]).map((item) => item.metadata.name)

describe('lists', () => {
  it('are in the order of keys, with kinds on custom resources only', async () => {
    const pods = await server.ok('GET', PODS)
    expect(pods).toMatchObject({
      kind: 'PodList',
      apiVersion: 'v1',
      metadata: { resourceVersion: String(server.revision()) },
    })
    expect(names(pods)).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect((pods.items as object[])[0]).not.toHaveProperty('kind')
    expect(names(await server.ok('GET', '/api/v1/pods'))).toEqual(['z', 'a', 'b', 'c', 'd', 'e'])
    expect((await server.ok('GET', SETS)).items).toMatchObject([
      { kind: 'CocoonSet', metadata: { name: 's' } },
    ])
  })

  it('come in pages that show one moment', async () => {
    const first = await server.ok('GET', `${PODS}?limit=2`)
    expect(names(first)).toEqual(['a', 'b'])
    const { continue: token, remainingItemCount, resourceVersion } = first.metadata as Record<string, string>
    expect(remainingItemCount).toBe(3)
    await server.ok('DELETE', `${PODS}/c`)
    await server.ok('POST', PODS, newPod('bb'))
    await server.ok('PATCH', `${PODS}/d`, { metadata: { labels: { new: 'y' } } }, MERGE)
    const second = await server.ok('GET', `${PODS}?limit=2&continue=${token}`)
    expect(names(second)).toEqual(['c', 'd'])
    expect(second.metadata.resourceVersion).toBe(resourceVersion)
    expect((second.items as { metadata: { labels: object } }[])[1]?.metadata.labels).toEqual({ odd: 'n' })
    const { continue: last } = second.metadata as Record<string, string>
    const third = await server.ok('GET', `${PODS}?limit=2&continue=${last}`)
    expect(names(third)).toEqual(['e'])
    expect(third.metadata).not.toHaveProperty('continue')
    await server.ok('POST', PODS, newPod('c', { labels: { odd: 'y' } }))
    await server.ok('DELETE', `${PODS}/bb`)
  })

  it('count no remainder when they select, and ignore the limit at revision 0', async () => {
    const page = await server.ok('GET', `${PODS}?limit=1&labelSelector=odd%3Dy`)
    expect(names(page)).toEqual(['a'])
    expect(page.metadata).not.toHaveProperty('remainingItemCount')
    expect(names(await server.ok('GET', `${PODS}?limit=1&resourceVersion=0`))).toHaveLength(5)
  })

  it('show an exact revision', async () => {
    const before = server.revision()
    await server.ok('POST', PODS, newPod('later'))
    const past = await server.ok('GET', `${PODS}?resourceVersion=${before}&resourceVersionMatch=Exact`)
    expect(names(past)).not.toContain('later')
    const now = await server.ok('GET', `${PODS}?resourceVersion=${before}&resourceVersionMatch=NotOlderThan`)
    expect(names(now)).toContain('later')
    await server.ok('DELETE', `${PODS}/later`)
  })

  it('end with 410 and a way on when their moment is compacted', async () => {
    const first = await server.ok('GET', `${PODS}?limit=2`)
    for (let n = 0; n < 70; n++) {
      await server.ok('PATCH', `${PODS}/e`, { metadata: { annotations: { n: `${n}` } } }, MERGE)
    }
    const { continue: token } = first.metadata as Record<string, string>
    const expired = await server.send('GET', `${PODS}?limit=2&continue=${token}`)
    expect(expired.body).toMatchObject({ code: 410, reason: 'Expired' })
    const { continue: rest } = expired.body.metadata as Record<string, string>
    expect(names(await server.ok('GET', `${PODS}?limit=9&continue=${rest}`))).toEqual(['c', 'd', 'e'])
    const exact = `resourceVersion=${first.metadata.resourceVersion}&resourceVersionMatch=Exact`
    expect((await server.send('GET', `${PODS}?${exact}`)).code).toBe(410)
  })

  it.each([
    ['resourceVersion=999999999999', 504, 'Timeout', /Too large resource version: 999999999999, current: /],
    ['resourceVersion=abc', 400, 'BadRequest', /invalid resource version: .*parsing "abc": invalid syntax/],
    ['limit=x', 400, 'BadRequest', /strconv.ParseInt: parsing "x": invalid syntax/],
    ['continue=x', 400, 'BadRequest', /continue key is not valid/],
    ['resourceVersionMatch=Exact', 422, 'Invalid', /forbidden unless resourceVersion is provided/],
    ['sendInitialEvents=true', 422, 'Invalid', /sendInitialEvents is forbidden for list/],
    ['labelSelector=a%20b', 400, 'BadRequest', /unable to parse requirement/],
    ['fieldSelector=spec.color%3Dred', 400, 'BadRequest', /field label not supported: spec.color/],
  ])('refuse %s', async (query, code, reason, message) => {
    const reply = await server.send('GET', `${PODS}?${query}`)
    expect(reply.body).toMatchObject({ kind: 'Status', code, reason })
    expect(reply.body.message).toMatch(message)
  })

  it('tell why a revision is too large in a way that client-go looks for', async () => {
    const reply = await server.send('GET', `${PODS}?resourceVersion=999999999999`)
    expect(reply.body.details).toMatchObject({ causes: [{ reason: 'ResourceVersionTooLarge' }] })
    expect(reply.headers.get('retry-after')).toBe('1')
  })

  it('are compressed when they are large and the client accepts it', async () => {
    await server.ok('PATCH', `${PODS}/a`, { metadata: { annotations: { big: 'x'.repeat(200_000) } } }, MERGE)
    const bytes = await new Promise<Buffer>((resolve, reject) => {
      const headers = { authorization: `Bearer ${TOKEN}`, 'accept-encoding': 'gzip' }
      get(server.url + PODS, { headers }, (response) => {
        expect(response.headers['content-encoding']).toBe('gzip')
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => resolve(Buffer.concat(chunks)))
      }).on('error', reject)
    })
    expect(gunzipSync(bytes).toString()).toContain('"kind":"PodList"')
    const small = await server.send('GET', `${PODS}/b`, undefined, { 'accept-encoding': 'gzip' })
    expect(small.headers.get('content-encoding')).toBeNull()
  })
})

describe('forms', () => {
  const as = (kind: string, version = 'v1') => ({
    accept: `application/json;as=${kind};g=meta.k8s.io;v=${version},application/json`,
  })

  it('metadata of an object and of a list', async () => {
    const one = await server.ok('GET', `${PODS}/b`, undefined, as('PartialObjectMetadata'))
    expect(one).toMatchObject({
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata: { name: 'b' },
    })
    expect(one).not.toHaveProperty('spec')
    const list = await server.ok('GET', PODS, undefined, as('PartialObjectMetadataList'))
    expect(list).toMatchObject({ kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1' })
    expect((list.items as object[])[1]).toMatchObject({
      kind: 'PartialObjectMetadata',
      metadata: { name: 'b' },
    })
  })

  it('tables of pods, of custom resources and of everything else', async () => {
    const columns = (table: unknown) =>
      (table as { columnDefinitions: { name: string }[] }).columnDefinitions.map((one) => one.name)
    const pods = await server.ok('GET', PODS, undefined, as('Table'))
    expect(columns(pods).slice(0, 5)).toEqual(['Name', 'Ready', 'Status', 'Restarts', 'Age'])
    expect((pods.rows as object[])[1]).toMatchObject({
      object: { kind: 'PartialObjectMetadata', metadata: { name: 'b' } },
    })
    const sets = await server.ok('GET', SETS, undefined, as('Table'))
    expect(columns(sets)).toEqual(['Name', 'Phase', 'Ready', 'Desired', 'Age'])
    const leases = await server.ok(
      'GET',
      '/apis/coordination.k8s.io/v1/leases?includeObject=None',
      undefined,
      as('Table'),
    )
    expect(columns(leases)).toEqual(['Name', 'Holder', 'Age'])
  })

  it.each([
    ['application/yaml', 200],
    ['text/html', 406],
    ['application/json;as=Table;g=meta.k8s.io;v=v9', 406],
    ['application/vnd.kubernetes.protobuf', 406],
    ['application/vnd.kubernetes.protobuf,application/json', 200],
    ['application/json;as=Invented;g=meta.k8s.io;v=v1', 406],
    ['*/*', 200],
    ['', 200],
  ])('Accept: %s is answered with %i', async (accept, code) => {
    expect((await server.send('GET', PODS, undefined, { accept })).code).toBe(code)
  })
})

describe('whoever asks amiss is told so', () => {
  it.each([
    ['GET', '/api/v1/namespaces/default/pods/none', 404, 'pods "none" not found'],
    ['GET', `${SETS}/none`, 404, 'cocoonsets.cocoonset.cocoonstack.io "none" not found'],
    ['GET', '/api/v1/namespaces/default/inventions', 404, 'the server could not find the requested resource'],
    ['GET', '/api/v1/pods/a', 404, 'the server could not find the requested resource'],
    ['GET', '/api/v1/namespaces/default/nodes', 404, 'the server could not find the requested resource'],
    ['GET', `${PODS}/a/inventions`, 404, 'the server could not find the requested resource'],
    [
      'GET',
      '/api/v1/namespaces/default/pods/a/none',
      404,
      'the server could not find the requested resource',
    ],
    ['PUT', PODS, 405, 'the server does not allow this method on the requested resource'],
    ['POST', '/api/v1/pods', 405, 'the server does not allow this method on the requested resource'],
    ['POST', `${PODS}/a`, 405, 'the server does not allow this method on the requested resource'],
    [
      'DELETE',
      `${SETS}/s/status`,
      405,
      'delete is not supported on resources of kind "cocoonsets.cocoonset.cocoonstack.io"',
    ],
    ['PUT', SETS, 400, 'name must be provided'],
  ])('%s %s: %i', async (method, path, code, message) => {
    const reply = await server.send(method, path, method === 'GET' || method === 'DELETE' ? undefined : {})
    expect(reply.body).toMatchObject({ kind: 'Status', status: 'Failure', code, message })
  })

  it('not to be known', async () => {
    for (const authorization of ['Bearer wrong', 'Bearer constructor']) {
      const reply = await server.send('GET', PODS, undefined, { authorization })
      expect(reply.body).toMatchObject({ code: 401, reason: 'Unauthorized', message: 'Unauthorized' })
    }
    for (const authorization of ['', 'Basic x', 'Bearer']) {
      const reply = await server.send('GET', PODS, undefined, { authorization })
      expect(reply.body).toMatchObject({ code: 403, reason: 'Forbidden' })
      expect(reply.body.message).toContain('User "system:anonymous" cannot list resource "pods"')
    }
    expect((await server.send('GET', '/livez', undefined, { authorization: '' })).text).toBe('ok')
  })

  it('too much at once', async () => {
    const reply = await server.send('POST', PODS, `"${'x'.repeat(3 * 1024 * 1024)}"`)
    expect(reply.body).toMatchObject({ code: 413, reason: 'RequestEntityTooLarge' })
  })

  it.each([
    '',
    '{',
    '[]',
    '"text"',
    '{"metadata":5}',
    '{"metadata":{"labels":{"a":5}}}',
    '{"metadata":{"finalizers":5}}',
  ])('a body that is %s', async (body) => {
    expect((await server.send('POST', PODS, body)).body).toMatchObject({ kind: 'Status', code: 400 })
  })

  it('a body of another type', async () => {
    const reply = await server.send('POST', PODS, 'a: b', { 'content-type': 'text/plain' })
    expect(reply.body).toMatchObject({ code: 415, reason: 'UnsupportedMediaType' })
  })
})
