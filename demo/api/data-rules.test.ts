import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TestServer } from './testing/test-server.ts'
import { MERGE, startTestServer } from './testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const SECRETS = '/api/v1/namespaces/default/secrets'
const CONFIGS = '/api/v1/namespaces/default/configmaps'
const KEYS =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  " +
  "or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"
const REDACTED = '<secret contents redacted>'

it.each([
  ['data', { data: { 'bad key': 'YQ==' } }, `data[bad key]: Invalid value: "bad key": ${KEYS}`],
  ['tls', { type: 'kubernetes.io/tls' }, '[data[tls.crt]: Required value, data[tls.key]: Required value]'],
  ['docker', { type: 'kubernetes.io/dockerconfigjson', data: {} }, 'data[.dockerconfigjson]: Required value'],
  [
    'docker text',
    { type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': 'YQ==' } },
    `data[.dockerconfigjson]: Invalid value: "${REDACTED}": invalid character 'a' looking for beginning of value`,
  ],
  [
    'basic',
    { type: 'kubernetes.io/basic-auth' },
    '[data[username]: Required value, data[password]: Required value]',
  ],
  ['ssh', { type: 'kubernetes.io/ssh-auth' }, 'data[ssh-privatekey]: Required value'],
  [
    'account',
    { type: 'kubernetes.io/service-account-token' },
    'metadata.annotations[kubernetes.io/service-account.name]: Required value',
  ],
])('refuses a secret: %s', async (_, fields, why) => {
  const reply = await server.send('POST', SECRETS, { metadata: { name: 'a' }, ...fields })
  expect(reply).toMatchObject({ code: 422, body: { message: `Secret "a" is invalid: ${why}` } })
})

it.each([
  ['base64', SECRETS, 'Secret', { data: { k: '!!' } }, 'illegal base64 data at input byte 0'],
  [
    'base64 of a map',
    CONFIGS,
    'ConfigMap',
    { binaryData: { k: '!!' } },
    'illegal base64 data at input byte 0',
  ],
  [
    'a number',
    SECRETS,
    'Secret',
    { stringData: { k: 5 } },
    'json: cannot unmarshal number into Go struct field Secret.stringData of type string',
  ],
])('cannot read %s', async (_, path, kind, fields, why) => {
  const reply = await server.send('POST', path, { metadata: { name: 'a' }, ...fields })
  const message = `${kind} in version "v1" cannot be handled as a ${kind}: ${why}`
  expect(reply).toMatchObject({ code: 400, body: { message } })
})

it('stores texts as data, over what is there', async () => {
  const secret = await server.ok('POST', SECRETS, {
    metadata: { name: 'texts' },
    data: { a: 'YQ==', b: 'Yg==' },
    stringData: { a: 'v' },
  })
  expect(secret).toMatchObject({ type: 'Opaque', data: { a: 'dg==', b: 'Yg==' } })
  expect(secret).not.toHaveProperty('stringData')
  const patched = await server.ok('PATCH', `${SECRETS}/texts`, { stringData: { b: 'w' } }, MERGE)
  expect(patched).toMatchObject({ data: { a: 'dg==', b: 'dw==' } })
  expect(patched).not.toHaveProperty('stringData')
})

it.each([
  [SECRETS, { data: { a: 'Yg==' } }, 'data: Forbidden: field is immutable when `immutable` is set'],
  [SECRETS, { immutable: false }, 'immutable: Forbidden: field is immutable when `immutable` is set'],
  [SECRETS, { type: 'x' }, 'type: Invalid value: "x": field is immutable'],
  [CONFIGS, { data: { a: 'Yg==' } }, 'data: Forbidden: field is immutable when `immutable` is set'],
])('%s keeps what is immutable: %j', async (path, change, why) => {
  await server.send('POST', path, { metadata: { name: 'fixed' }, immutable: true, data: { a: 'YQ==' } })
  const reply = await server.send('PATCH', `${path}/fixed`, change, MERGE)
  expect(reply.code).toBe(422)
  expect(reply.body.message).toContain(why)
})
