import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isRecord, listAt, textAt } from './json.ts'
import type { TestServer } from './testing/test-server.ts'
import { newPod, PODS, startTestServer } from './testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const ACCOUNTS = '/api/v1/namespaces/default/serviceaccounts'
const REVIEWS = '/apis/authentication.k8s.io/v1'
const ISSUER = 'https://kubernetes.default.svc.cluster.local'

const claimsOf = (token: string): unknown =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())

async function tokenFor(account: string, spec: object = {}): Promise<string> {
  const answer = await server.ok('POST', `${ACCOUNTS}/${account}/token`, { spec })
  return textAt(answer, 'status', 'token')
}

const whoIs = (token: string) =>
  server.send('POST', `${REVIEWS}/selfsubjectreviews`, {}, { authorization: `Bearer ${token}` })

describe('a namespace', () => {
  it('has an account and the authority of the server, also after somebody deletes them', async () => {
    await server.ok('POST', '/api/v1/namespaces', { metadata: { name: 'fresh' } })
    const home = '/api/v1/namespaces/fresh'
    const account = await server.ok('GET', `${home}/serviceaccounts/default`)
    const authority = await server.ok('GET', `${home}/configmaps/kube-root-ca.crt`)
    expect(textAt(authority, 'data', 'ca.crt')).toBe(server.certificate)
    await server.ok('DELETE', `${home}/serviceaccounts/default`)
    const again = await server.ok('GET', `${home}/serviceaccounts/default`)
    expect(again.metadata.uid).not.toBe(account.metadata.uid)
  })

  it('gets none of it back while it ends', async () => {
    await server.ok('POST', '/api/v1/namespaces', { metadata: { name: 'ending' } })
    await server.ok('DELETE', '/api/v1/namespaces/ending')
    await server.clock.advance(1)
    await server.clock.advance(1)
    expect((await server.send('GET', '/api/v1/namespaces/ending')).code).toBe(404)
  })
})

describe('a token', () => {
  it('stands for its account', async () => {
    const token = await tokenFor('default')
    const { uid } = (await server.ok('GET', `${ACCOUNTS}/default`)).metadata
    expect(claimsOf(token)).toMatchObject({
      aud: [ISSUER],
      iss: ISSUER,
      sub: 'system:serviceaccount:default:default',
      'kubernetes.io': { namespace: 'default', serviceaccount: { name: 'default', uid } },
    })
    const { body } = await whoIs(token)
    expect(body.status).toMatchObject({
      userInfo: {
        username: 'system:serviceaccount:default:default',
        uid,
        groups: ['system:serviceaccounts', 'system:serviceaccounts:default', 'system:authenticated'],
      },
    })
    const { jti } = claimsOf(token) as { jti: string }
    const extra = { 'authentication.kubernetes.io/credential-id': [`JTI=${jti}`] }
    expect(body.status).toMatchObject({ userInfo: { extra } })
  })

  it('ends with its time', async () => {
    const token = await tokenFor('default', { expirationSeconds: 600 })
    await server.clock.advance(599_000)
    expect((await whoIs(token)).code).toBe(201)
    await server.clock.advance(1000)
    expect((await whoIs(token)).code).toBe(401)
  })

  it('ends with its account, even when another one takes the name', async () => {
    await server.ok('POST', ACCOUNTS, { metadata: { name: 'brief' } })
    const token = await tokenFor('brief')
    await server.ok('DELETE', `${ACCOUNTS}/brief`)
    await server.ok('POST', ACCOUNTS, { metadata: { name: 'brief' } })
    expect((await whoIs(token)).code).toBe(401)
  })

  it('ends with the pod that it is bound to', async () => {
    const pod = await server.ok('POST', PODS, newPod('holder'))
    const token = await tokenFor('default', {
      boundObjectRef: { kind: 'Pod', apiVersion: 'v1', name: 'holder' },
    })
    const { body } = await whoIs(token)
    const extra = {
      'authentication.kubernetes.io/pod-name': ['holder'],
      'authentication.kubernetes.io/pod-uid': [pod.metadata.uid],
    }
    expect(body.status).toMatchObject({ userInfo: { extra } })
    await server.ok('DELETE', `${PODS}/holder`)
    expect((await whoIs(token)).code).toBe(401)
  })

  it.each([
    ['for other ears', async () => tokenFor('default', { audiences: ['vault'] })],
    ['with another signature', async () => `${(await tokenFor('default')).slice(0, -6)}AAAAAA`],
    [
      'with other claims',
      async () => {
        const [head, , signature] = (await tokenFor('default')).split('.')
        const claims = Buffer.from(JSON.stringify({ iss: ISSUER, aud: [ISSUER], exp: 9e9 })).toString(
          'base64url',
        )
        return `${head}.${claims}.${signature}`
      },
    ],
    [
      'that says that it needs no signature',
      () => {
        const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
        return Promise.resolve(`${part({ alg: 'none' })}.${part({ iss: ISSUER, aud: [ISSUER], exp: 9e9 })}.`)
      },
    ],
  ])('%s is refused', async (_, forge) => {
    expect((await whoIs(await forge())).code).toBe(401)
  })

  it('can be verified by others', async () => {
    const configuration = await server.ok('GET', '/.well-known/openid-configuration')
    expect(configuration).toMatchObject({ issuer: ISSUER })
    const { keys } = await server.ok('GET', '/openid/v1/jwks')
    expect(keys).toMatchObject([{ use: 'sig', kty: 'EC', alg: 'ES256' }])
  })

  it.each([
    [
      'default',
      { spec: { expirationSeconds: 60 } },
      422,
      'TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes',
    ],
    ['none', { spec: {} }, 404, 'serviceaccounts "none" not found'],
    [
      'default',
      { spec: { boundObjectRef: { kind: 'Pod', apiVersion: 'v1', name: 'none' } } },
      404,
      'pods "none" not found',
    ],
    [
      'default',
      { spec: { boundObjectRef: { kind: 'ConfigMap', apiVersion: 'v1', name: 'x' } } },
      400,
      'cannot bind token to object of type /v1, Kind=ConfigMap',
    ],
    [
      'default',
      { metadata: { name: 'other' }, spec: {} },
      422,
      'TokenRequest.authentication.k8s.io "default" is invalid: metadata.name: Invalid value: "other": must match the service account name if specified',
    ],
  ])('of %s is refused to %j', async (account, body, code, message) => {
    const reply = await server.send('POST', `${ACCOUNTS}/${account}/token`, body)
    expect(reply).toMatchObject({ code, body: { message } })
  })
})

describe('a TokenReview', () => {
  const review = (spec: object) => server.send('POST', `${REVIEWS}/tokenreviews`, { spec })

  it('knows tokens of both sorts', async () => {
    const own = await review({ token: await tokenFor('default') })
    expect(own.body.status).toMatchObject({
      authenticated: true,
      user: { username: 'system:serviceaccount:default:default' },
      audiences: [ISSUER],
    })
    const fixed = await review({ token: 'admin-token' })
    expect(fixed.body.status).toMatchObject({ authenticated: true, user: { username: 'admin' } })
  })

  it.each([
    [{ token: 'nobody' }, 'invalid bearer token'],
    [
      { token: 'own', audiences: ['x'] },
      `[invalid bearer token, token audiences ["${ISSUER}"] is invalid for the target audiences ["x"]]`,
    ],
  ])('says why %j is none', async (spec, error) => {
    const token = spec.token === 'own' ? await tokenFor('default') : spec.token
    expect((await review({ ...spec, token })).body.status).toEqual({ user: {}, error })
  })

  it('needs a token', async () => {
    expect(await review({})).toMatchObject({
      code: 400,
      body: { message: 'token is required for TokenReview in authentication' },
    })
  })
})

describe('a new pod', () => {
  const dry = `${PODS}?dryRun=All`
  const pod = (spec: object) => newPod('p', { spec })

  it('is given what every pod has', async () => {
    const { spec, status } = await server.ok('POST', dry, pod({}))
    expect(spec).toMatchObject({
      serviceAccountName: 'default',
      serviceAccount: 'default',
      priority: 0,
      preemptionPolicy: 'PreemptLowerPriority',
      tolerations: [
        {
          key: 'node.kubernetes.io/not-ready',
          operator: 'Exists',
          effect: 'NoExecute',
          tolerationSeconds: 300,
        },
        {
          key: 'node.kubernetes.io/unreachable',
          operator: 'Exists',
          effect: 'NoExecute',
          tolerationSeconds: 300,
        },
      ],
    })
    expect(status).toEqual({ phase: 'Pending', qosClass: 'BestEffort' })
    const [volume] = listAt(spec, 'volumes')
    const name = textAt(volume, 'name')
    expect(name).toMatch(/^kube-api-access-[bcdfghjklmnpqrstvwxz2456789]{5}$/)
    expect(isRecord(volume) && volume.projected).toMatchObject({ defaultMode: 420 })
    expect(listAt(spec, 'containers', 0, 'volumeMounts')).toEqual([
      { name, readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' },
    ])
  })

  it.each([
    ['the pod', {}, { automountServiceAccountToken: false }],
    ['its account', { automountServiceAccountToken: false }, { serviceAccountName: 'shy' }],
  ])('gets no token when %s does not want it', async (_, account, spec) => {
    await server.send('POST', ACCOUNTS, { metadata: { name: 'shy' }, ...account })
    expect((await server.ok('POST', dry, pod(spec))).spec).not.toHaveProperty('volumes')
    await server.send('DELETE', `${ACCOUNTS}/shy`)
  })

  it('takes the secrets to pull images with from its account', async () => {
    await server.ok('POST', ACCOUNTS, { metadata: { name: 'puller' }, imagePullSecrets: [{ name: 's' }] })
    const { spec } = await server.ok('POST', dry, pod({ serviceAccountName: 'puller' }))
    expect(spec).toMatchObject({ imagePullSecrets: [{ name: 's' }] })
  })

  it('has the priority of its class', async () => {
    const { spec } = await server.ok('POST', dry, pod({ priorityClassName: 'system-node-critical' }))
    expect(spec).toMatchObject({ priority: 2_000_001_000 })
  })

  it.each([
    [
      { serviceAccountName: 'none' },
      'error looking up service account default/none: serviceaccount "none" not found',
    ],
    [{ priorityClassName: 'none' }, 'no PriorityClass with name none was found'],
    [
      { priority: 5 },
      'the integer value of priority (5) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name',
    ],
  ])('is refused with %j', async (spec, why) => {
    const reply = await server.send('POST', PODS, pod(spec))
    expect(reply).toMatchObject({ code: 403, body: { message: `pods "p" is forbidden: ${why}` } })
  })
})
