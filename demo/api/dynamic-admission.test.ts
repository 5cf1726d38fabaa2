import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ReviewServer } from '../testing/review-server.ts'
import { reviewServer } from '../testing/review-server.ts'
import type { Reply, TestServer } from './testing/test-server.ts'
import { MERGE, SETS, newSet, startTestServer } from './testing/test-server.ts'

const GROUP = '/apis/admissionregistration.k8s.io/v1'
const PLURALS = {
  ValidatingWebhookConfiguration: 'validatingwebhookconfigurations',
  MutatingWebhookConfiguration: 'mutatingwebhookconfigurations',
} as const
type Kind = keyof typeof PLURALS
const VALIDATING = 'ValidatingWebhookConfiguration'
const MUTATING = 'MutatingWebhookConfiguration'
const MAPS = '/api/v1/namespaces/default/configmaps'

const patch = (...operations: object[]) => ({
  allowed: true,
  patchType: 'JSONPatch',
  patch: Buffer.from(JSON.stringify(operations)).toString('base64'),
})
const label = (name: string) => patch({ op: 'add', path: '/metadata/labels', value: { [name]: 'yes' } })

let server: TestServer
let hooks: ReviewServer
/** Done before a webhook answers, to write in between. */
let meanwhile: () => Promise<unknown>

beforeAll(async () => {
  server = await startTestServer()
  hooks = await reviewServer({
    '/allow': (_, answer) => answer({ allowed: true }),
    '/deny': (_, answer) => answer({ allowed: false }),
    '/deny-message': (_, answer) => answer({ allowed: false, status: { message: 'no thanks' } }),
    '/deny-reason': (_, answer) => answer({ allowed: false, status: { reason: 'Forbidden', code: 403 } }),
    '/deny-whole': (_, answer) =>
      answer({
        allowed: false,
        status: { reason: 'Gone', code: 410, message: 'never', details: { causes: [{ message: 'x' }] } },
      }),
    '/warn': (_, answer) => answer({ allowed: true, warnings: ['careful "now"', 'careful "now"', 'käse'] }),
    '/500': (_, __, response) => void response.writeHead(500).end('boom'),
    '/400': (_, __, response) => void response.writeHead(400).end('bad'),
    '/503': (_, __, response) => void response.writeHead(503).end(),
    '/empty': (_, __, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(),
    '/broken': (_, __, response) => void response.writeHead(200).end('{"a'),
    '/absent': (_, answer) => answer({}, { response: undefined }),
    '/other-uid': (_, answer) => answer({ uid: 'other', allowed: true }),
    '/hang': () => undefined,
    '/reset': (_, __, response) => void response.socket?.destroy(),
    '/patch': (_, answer) => answer(label('patched')),
    '/patch-untyped': (_, answer) => answer({ ...label('x'), patchType: undefined }),
    '/patch-nonsense': (_, answer) =>
      answer({ ...label('x'), patch: Buffer.from('nonsense').toString('base64') }),
    '/patch-nowhere': (_, answer) => answer(patch({ op: 'replace', path: '/spec/zzz/a', value: 1 })),
    '/patch-defaults': (_, answer) => answer(patch({ op: 'remove', path: '/spec/agent/os' })),
    '/patch-unknown': (_, answer) => answer(patch({ op: 'add', path: '/spec/agent/gpu', value: 1 })),
    '/patch-invalid': (_, answer) => answer(patch({ op: 'replace', path: '/spec/agent/os', value: 'dos' })),
    '/patch-identity': (_, answer) =>
      answer(
        patch(
          { op: 'add', path: '/metadata/uid', value: 'x' },
          { op: 'add', path: '/data', value: { a: 'b' } },
        ),
      ),
    '/meanwhile': (_, answer) => void meanwhile().then(() => answer({ allowed: true })),
  })
})
afterAll(async () => {
  await hooks.close()
  await server.close()
})

const configured: string[] = []
let count = 0

interface Hook {
  path: string
  [field: string]: unknown
}
const webhookOf = ({ path, ...more }: Hook) => ({
  name: 'test.example.com',
  clientConfig: { url: path.startsWith('https') ? path : hooks.url + path, caBundle: hooks.caBundle },
  rules: [
    {
      apiGroups: [''],
      apiVersions: ['v1'],
      resources: ['configmaps'],
      operations: ['CREATE', 'UPDATE', 'DELETE'],
    },
  ],
  sideEffects: 'None',
  admissionReviewVersions: ['v1'],
  timeoutSeconds: 1,
  ...more,
})

function configure(kind: Kind, ...own: Hook[]): Promise<Reply> {
  const name = `hook-${++count}`
  configured.push(`${GROUP}/${PLURALS[kind]}/${name}`)
  return server.send('POST', `${GROUP}/${PLURALS[kind]}`, {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind,
    metadata: { name },
    webhooks: own.map(webhookOf),
  })
}
afterEach(async () => {
  for (const path of configured.splice(0)) await server.send('DELETE', path)
  hooks.received.length = 0
})

const newMap = (name = `map-${++count}`) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data: { a: '1' },
})
const create = (query = '') => server.send('POST', MAPS + query, newMap())

const called = (why: string) => `Internal error occurred: failed calling webhook "test.example.com": ${why}`

describe('webhooks', () => {
  // In the words of kube-apiserver 1.36.
  it.each([
    [
      '/500',
      called(
        'failed to call webhook: an error on the server ("boom") has prevented the request from succeeding',
      ),
    ],
    ['/nowhere', called('failed to call webhook: the server could not find the requested resource')],
    ['/400', called('failed to call webhook: the server rejected our request for an unknown reason')],
    ['/503', called('failed to call webhook: the server is currently unable to handle the request')],
    [
      '/empty',
      called(
        'failed to call webhook: 0-length response with status code: 200 and content type: application/json',
      ),
    ],
    [
      '/broken',
      called(
        "failed to call webhook: couldn't get version/kind; json parse error: unexpected end of JSON input",
      ),
    ],
    ['/absent', called('received invalid webhook response: webhook response was absent')],
    ['/patch', called('received invalid webhook response: validating webhook may not return response.patch')],
    [
      'https://127.0.0.1:1/x',
      called(
        'failed to call webhook: Post "https://127.0.0.1:1/x?timeout=1s": dial tcp 127.0.0.1:1: connect: connection refused',
      ),
    ],
  ])('that fail refuse what they should have judged: %s', async (path, message) => {
    await configure(VALIDATING, { path })
    const reply = await create()
    expect(reply.body).toMatchObject({ code: 500, reason: 'InternalError', message })
    const cause = message.slice('Internal error occurred: '.length)
    expect(reply.body.details).toEqual({ causes: [{ message: cause }] })
  })

  it.each([
    ['/hang', /Post "https:.*\/hang\?timeout=1s": context deadline exceeded$/],
    ['/reset', /Post "https:.*\/reset\?timeout=1s": EOF$/],
    ['/other-uid', /received invalid webhook response: expected response.uid="[0-9a-f-]{36}", got "other"$/],
  ])('that fail in their own way: %s', async (path, message) => {
    await configure(VALIDATING, { path })
    expect((await create()).body.message).toMatch(message)
  })

  it.each([
    [{ url: '/allow' }, /tls: failed to verify certificate: x509: certificate signed by unknown authority$/],
    [
      { url: '/allow', caBundle: 'anVuaw==' },
      /could not get REST client: unable to load root certificates: unable to parse bytes as PEM block$/,
    ],
    [
      { service: { name: 'nope', namespace: 'default', path: '/x' } },
      /Post "https:\/\/nope.default.svc:443\/x\?timeout=1s": service "nope" not found$/,
    ],
  ])('that cannot be trusted or found: %j', async (client, message) => {
    const url = 'url' in client ? { url: hooks.url + client.url } : {}
    await configure(VALIDATING, { path: '', clientConfig: { ...client, ...url } })
    expect((await create()).body.message).toMatch(message)
  })

  it.each([
    ['/deny', 400, undefined, 'denied the request without explanation'],
    ['/deny-message', 400, undefined, 'denied the request: no thanks'],
    ['/deny-reason', 403, 'Forbidden', 'denied the request: Forbidden'],
    ['/deny-whole', 410, 'Gone', 'denied the request: never'],
  ])('refuse with the Status that they give: %s', async (path, code, reason, why) => {
    await configure(VALIDATING, { path })
    const reply = await create()
    expect(reply.code).toBe(code)
    expect(reply.body.reason).toBe(reason)
    expect(reply.body.message).toBe(`admission webhook "test.example.com" ${why}`)
  })

  it('may warn, and are heard once', async () => {
    await configure(VALIDATING, { path: '/warn' })
    const warning = (await create()).headers.get('warning') ?? ''
    expect(Buffer.from(warning, 'latin1').toString()).toBe(String.raw`299 - "careful \"now\"", 299 - "käse"`)
  })

  it('may fail without harm when their policy says so', async () => {
    await configure(VALIDATING, { path: '/500', failurePolicy: 'Ignore' })
    expect((await create()).code).toBe(201)
    expect(hooks.received).toHaveLength(1)
  })

  it('that have side effects are not asked about what is only tried', async () => {
    // What an older server has stored: this one refuses such a configuration.
    await configure(VALIDATING, { path: '/allow', sideEffects: 'NoneOnDryRun' })
    expect((await create('?dryRun=All')).code).toBe(201)
    expect(hooks.received[0]?.request.dryRun).toBe(true)
  })

  it('are told what is done, by whom, and to what', async () => {
    await configure(VALIDATING, { path: '/allow' })
    const { metadata } = await server.ok('POST', `${MAPS}?fieldManager=me`, newMap())
    const name = metadata.name ?? ''
    await server.ok('PATCH', `${MAPS}/${name}`, { data: { a: '2' } }, MERGE)
    await server.ok('DELETE', `${MAPS}/${name}`, { propagationPolicy: 'Background' })
    const [made, changed, removed] = hooks.received.map(({ request }) => request)
    expect(made).toMatchObject({
      operation: 'CREATE',
      kind: { group: '', version: 'v1', kind: 'ConfigMap' },
      resource: { group: '', version: 'v1', resource: 'configmaps' },
      name,
      namespace: 'default',
      userInfo: { username: 'admin' },
      object: { apiVersion: 'v1', kind: 'ConfigMap', data: { a: '1' } },
      oldObject: null,
      dryRun: false,
      options: { kind: 'CreateOptions', apiVersion: 'meta.k8s.io/v1', fieldManager: 'me' },
    })
    expect(changed).toMatchObject({
      operation: 'UPDATE',
      object: { data: { a: '2' } },
      oldObject: { data: { a: '1' } },
      options: { kind: 'UpdateOptions' },
    })
    expect(removed).toMatchObject({
      operation: 'DELETE',
      name,
      object: null,
      oldObject: { data: { a: '2' } },
      options: { kind: 'DeleteOptions', propagationPolicy: 'Background' },
    })
  })

  it('may keep an object from being deleted', async () => {
    const { metadata } = await server.ok('POST', MAPS, newMap())
    await configure(VALIDATING, { path: '/deny-message' })
    expect((await server.send('DELETE', `${MAPS}/${metadata.name}`)).code).toBe(400)
    expect((await server.send('DELETE', MAPS)).code).toBe(400)
    expect((await server.send('GET', `${MAPS}/${metadata.name}`)).code).toBe(200)
  })

  it('are not asked about webhooks', async () => {
    const everything = [{ apiGroups: ['*'], apiVersions: ['*'], resources: ['*/*'], operations: ['*'] }]
    await configure(VALIDATING, { path: '/deny', rules: everything })
    expect((await create()).code).toBe(400)
    expect((await configure(VALIDATING, { path: '/allow' })).code).toBe(201)
  })

  it('see what was written meanwhile: a change is made to the newest object', async () => {
    const { metadata } = await server.ok('POST', MAPS, newMap())
    const path = `${MAPS}/${metadata.name}`
    await configure(VALIDATING, { path: '/meanwhile' })
    let writes = 0
    meanwhile = async () => {
      if (writes++ === 0) await server.ok('PATCH', path, { data: { b: `other ${++count}` } }, MERGE)
    }
    const merged = await server.ok('PATCH', path, { data: { a: 'mine' } }, MERGE)
    expect(merged.data).toEqual({ a: 'mine', b: `other ${count}` })

    writes = 0
    const stale = { ...merged, data: { a: 'late' } }
    const reply = await server.send('PUT', path, stale)
    expect(reply.body).toMatchObject({ code: 409, reason: 'Conflict' })
  })
})

describe('conditions', () => {
  const asked = async (expression: string, own: object = {}) => {
    const made = await configure(VALIDATING, {
      path: '/deny',
      matchConditions: [{ name: 'c', expression }],
      ...own,
    })
    if (made.code !== 201) return made.body.message
    const reply = await create()
    return reply.code === 201 ? 'not asked' : reply.body.message
  }
  const denied = 'admission webhook "test.example.com" denied the request without explanation'

  it.each([
    ["object.data.a == '1'", {}, denied],
    ["object.data.a == '2'", {}, 'not asked'],
    ["object.metadata.name.startsWith('map-')", {}, denied],
    ["request.userInfo.username == 'admin' && 'system:masters' in request.userInfo.groups", {}, denied],
    ["request.operation == 'CREATE' && request.namespace == 'default' && !request.dryRun", {}, denied],
    ['oldObject == null', {}, denied],
    ["object.data.zzz == 'x'", { failurePolicy: 'Ignore' }, 'not asked'],
  ])('decide whether a webhook is asked: %s', async (expression, own, outcome) => {
    expect(await asked(expression, own)).toBe(outcome)
  })

  it('refuse the request when they cannot be computed', async () => {
    expect(await asked("object.data.zzz == 'x'")).toMatch(
      /^configmaps "map-\d+" is forbidden: expression 'object.data.zzz == 'x'' resulted in error: no such key: zzz$/,
    )
  })

  it.each([
    [
      'foo',
      /expression: Invalid value: "foo": compilation failed: ERROR: <input>:1:1: undeclared reference to 'foo'/,
    ],
    ['request.foo == 1', /ERROR: <input>:1:8: undefined field 'foo'/],
    ['1', /expression: Invalid value: "1": must evaluate to bool/],
    ['', /matchConditions\[0\].expression: Required value$/],
  ])('must compile: %j', async (expression, message) => {
    expect(await asked(expression)).toMatch(message)
  })
})

describe('mutating webhooks', () => {
  it('change objects one after the other, before the validating ones see them', async () => {
    await configure(MUTATING, { path: '/patch' })
    await configure(VALIDATING, { path: '/allow' })
    const map = await server.ok('POST', MAPS, newMap())
    expect(map.metadata.labels).toEqual({ patched: 'yes' })
    expect(hooks.received.map(({ path }) => path)).toEqual(['/patch', '/allow'])
    expect(hooks.received[1]?.request.object).toMatchObject({ metadata: { labels: { patched: 'yes' } } })
  })

  it('are asked again after later ones have changed the object, when they say so', async () => {
    await configure(
      MUTATING,
      { path: '/allow', name: 'a.example.com', reinvocationPolicy: 'IfNeeded' },
      { path: '/warn', name: 'b.example.com' },
      { path: '/patch', name: 'c.example.com', reinvocationPolicy: 'IfNeeded' },
    )
    await create()
    expect(hooks.received.map(({ path }) => path)).toEqual(['/allow', '/warn', '/patch', '/allow'])
  })

  it.each([
    [
      '/patch-untyped',
      called('received invalid webhook response: webhook returned response.patch but not response.patchType'),
    ],
    [
      '/patch-nonsense',
      called(
        "received undecodable patch in webhook response: invalid character 'o' in literal null (expecting 'u')",
      ),
    ],
    [
      '/patch-nowhere',
      'Internal error occurred: replace operation does not apply: doc is missing path: /spec/zzz/a: missing value',
    ],
  ])('must send patches that apply: %s', async (path, message) => {
    await configure(MUTATING, { path })
    expect((await create()).body.message).toBe(message)
  })

  const sets = [
    {
      apiGroups: ['cocoonset.cocoonstack.io'],
      apiVersions: ['*'],
      resources: ['cocoonsets'],
      operations: ['CREATE'],
    },
  ]
  it.each(['/patch-defaults', '/patch-unknown'])('leave objects to their schema: %s', async (path) => {
    await configure(MUTATING, { path, rules: sets })
    const { spec } = await server.ok('POST', SETS, newSet(`set-${++count}`))
    expect(spec).toMatchObject({ agent: { os: 'linux' } })
    expect(spec).not.toHaveProperty('agent.gpu')
  })

  it('are followed by validation', async () => {
    await configure(MUTATING, { path: '/patch-invalid', rules: sets })
    const reply = await server.send('POST', SETS, newSet(`set-${++count}`))
    expect(reply.code).toBe(422)
    expect(reply.body.message).toContain('spec.agent.os: Unsupported value: "dos"')
  })

  it('cannot say who an object is', async () => {
    await configure(MUTATING, { path: '/patch-identity' })
    const map = await server.ok('POST', MAPS, newMap())
    expect(map.data).toEqual({ a: 'b' })
    expect(map.metadata.uid).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('webhook configurations', () => {
  it('get their defaults', async () => {
    const { body } = await configure(MUTATING, { path: '/allow', timeoutSeconds: undefined })
    expect(body.metadata.generation).toBe(1)
    expect(body.webhooks).toMatchObject([
      {
        failurePolicy: 'Fail',
        matchPolicy: 'Equivalent',
        namespaceSelector: {},
        objectSelector: {},
        timeoutSeconds: 10,
        reinvocationPolicy: 'Never',
        rules: [{ scope: '*' }],
      },
    ])
  })

  it.each([
    [
      { sideEffects: 'Some' },
      'sideEffects: Unsupported value: "Some": supported values: "None", "NoneOnDryRun"',
    ],
    [{ sideEffects: undefined }, 'sideEffects: Required value: must specify one of None, NoneOnDryRun'],
    [
      { name: 'bad' },
      'name: Invalid value: "bad": should be a domain with at least three segments separated by dots',
    ],
    [{ clientConfig: {} }, 'clientConfig: Required value: exactly one of url or service is required'],
    [
      { clientConfig: { url: 'http://x/y' } },
      `clientConfig.url: Invalid value: "http": 'https' is the only allowed URL scheme; desired format: https://host[/path]`,
    ],
    [
      { timeoutSeconds: 31 },
      'timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30 seconds',
    ],
    [
      { admissionReviewVersions: ['v2'] },
      'admissionReviewVersions: Invalid value: ["v2"]: must include at least one of v1, v1beta1',
    ],
    [{ failurePolicy: 'X' }, 'failurePolicy: Unsupported value: "X": supported values: "Fail", "Ignore"'],
    [
      {
        rules: [
          { apiGroups: [''], apiVersions: ['v1'], resources: ['pods/*', 'pods/status'], operations: ['*'] },
        ],
      },
      `rules[0].resources[1]: Invalid value: "pods/status": if 'pods/*' is present, must not specify pods/status`,
    ],
    [
      { rules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['*', 'CREATE'] }] },
      `rules[0].operations: Invalid value: ["*","CREATE"]: if '*' is present, must not specify other operations`,
    ],
  ])('are held to their rules: %j', async (own, message) => {
    const reply = await configure(VALIDATING, { path: '/allow', ...own })
    expect(reply.code).toBe(422)
    const name = `hook-${count}`
    const start = `ValidatingWebhookConfiguration.admissionregistration.k8s.io "${name}" is invalid: webhooks[0].`
    expect(reply.body.message).toBe(start + message)
  })
})
